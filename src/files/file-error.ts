/** What the file system says, in words for who typed the path. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EEXIST: 'a part of the path is no folder',
  ENOTDIR: 'a part of the path is no folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'no space is left in the quota',
  EFBIG: 'it is too large for the file system',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead round in a circle',
  EMFILE: 'too many files are open',
  EIO: 'the disk has an error',
  ERR_INVALID_ARG_VALUE: 'this cannot be the name of a file',
}

/** @param error Anything that was thrown. */
export function fileErrorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = String(Reflect.get(error, 'code'))
  return WORDS[code] ?? error.message
}
