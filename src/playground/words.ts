/** What the playground's script says. What stands in its page from the beginning is the page template's. */
export interface PlaygroundWords {
  readonly drawn: string
  problems(count: number): string
  /** The text is good, and Mermaid could not be loaded, or failed. */
  readonly notDrawn: string
  readonly copied: string
  readonly notCopied: string
  readonly brokenLink: string
  /** Name of the text field for screen readers. */
  readonly editor: string
}

const ko: PlaygroundWords = {
  drawn: '그렸습니다.',
  problems: (count) => `고칠 곳 ${count}개`,
  notDrawn: '그리지 못했습니다. 한 글자 고치면 다시 그려 봅니다.',
  copied: '복사했습니다.',
  notCopied: '브라우저가 복사를 허락하지 않았습니다.',
  brokenLink: '링크에 담긴 모델을 읽을 수 없습니다. 여기 있는 모델은 링크의 것이 아닙니다.',
  editor: '모델 (YAML)',
}

const en: PlaygroundWords = {
  drawn: 'Drawn.',
  problems: (count) => (count === 1 ? '1 problem' : `${count} problems`),
  notDrawn: 'It could not be drawn. The next change tries again.',
  copied: 'Copied.',
  notCopied: 'The browser did not allow copying.',
  brokenLink: 'The model in the link could not be read; the model here is not from it.',
  editor: 'Model (YAML)',
}

/** Korean for `ko` and its variants, else English. */
export function playgroundWords(language: string): PlaygroundWords {
  return language.toLowerCase().split('-')[0] === 'ko' ? ko : en
}
