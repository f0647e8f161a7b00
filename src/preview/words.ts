/** What the preview says around the figures. */
export interface PreviewWords {
  readonly language: string
  readonly title: string
  readonly files: string
  readonly view: string
  readonly plan: string
  readonly problems: string
  readonly nothing: string
  readonly unreadable: (file: string) => string
  block(number: number, line: number): string
  count(problems: number): string
  /** In place of the light that says the page follows the file. */
  readonly connected: string
  readonly ended: string
  serving(what: string, address: string): string
}

const en: PreviewWords = {
  language: 'en',
  title: 'Preview',
  files: 'Files',
  view: 'View',
  plan: 'Plan',
  problems: 'Problems',
  nothing: 'There is no docker-network block here yet.',
  unreadable: (file) => `${file} cannot be read.`,
  block: (number, line) => `Block ${number}, line ${line}`,
  count: (problems) => (problems === 1 ? '1 problem' : `${problems} problems`),
  connected: 'follows the file',
  ended: 'the preview has ended',
  serving: (what, address) => `Preview of ${what}: ${address}\nIt follows every change; Ctrl+C ends it.\n`,
}

const ko: PreviewWords = {
  language: 'ko',
  title: '미리 보기',
  files: '파일',
  view: '뷰',
  plan: '계획',
  problems: '문제',
  nothing: '아직 docker-network 블록이 없습니다.',
  unreadable: (file) => `${file} 파일을 읽을 수 없습니다.`,
  block: (number, line) => `블록 ${number}, ${line}번째 줄`,
  count: (problems) => `문제 ${problems}개`,
  connected: '파일을 따라가는 중',
  ended: '미리 보기가 끝났습니다',
  serving: (what, address) => `${what} 미리 보기: ${address}\n저장할 때마다 바뀝니다. Ctrl+C로 끝냅니다.\n`,
}

/** Korean for `ko` and its variants, else English. */
export function previewWords(language: string): PreviewWords {
  return /^ko\b/i.test(language) ? ko : en
}
