/** What a reader of files gives, and what for; the readers themselves are in `project-files.ts`. */

/** Why there is no text. `not-allowed`: no YAML or JSON, or hidden; nothing is told of whether it is there. */
export type NoFile = 'missing' | 'outside' | 'not-allowed' | 'not-a-file' | 'not-readable' | 'too-large'

export type FileText =
  | {
      readonly ok: true
      /** Path from the project's root, with `/`. */
      readonly file: string
      readonly text: string
    }
  | {
      readonly ok: false
      readonly why: NoFile
      /** As above, where it may be read: the post is read again when there is such a file. */
      readonly file?: string | undefined
    }

/**
 * What a file is read for. `model`: it may be drawn. `variables`: its values take part in a model; only a host asks for
 * that, never the text of a post. `post`: the Markdown file itself, to place problems in it.
 */
export type FilePurpose = 'model' | 'variables' | 'post'

/**
 * Gives the text of `path`, as written in the file `from` (a path, or `null` when that is not a file).
 *
 * @param purpose `model` unless given.
 */
export type ReadFile = (path: string, from: string | null, purpose?: FilePurpose) => FileText
