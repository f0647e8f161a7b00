/** What stands in the playground's page from the beginning. What its script says is in src/playground/words.ts. */
export default {
  first: 'user-bridge',
  // A sequence needs a way, which the model says.
  views: ['network', 'datapath', 'overlay', 'bus', 'addresses', 'matrix', 'sequence'],
  ko: {
    description: '모델을 고치면 그림과 주소가 바로 따라 바뀝니다. 아무것도 서버로 보내지 않습니다.',
    model: '모델 (YAML)',
    example: '예제',
    view: '뷰',
    auto: '모델에 맞게',
    result: '결과',
    take: '가져가기',
    buttons: {
      'copy-link': '링크 복사',
      'copy-mermaid': 'Mermaid 복사',
      'copy-svg': 'SVG 복사',
      'download-svg': 'SVG 내려받기',
      'download-png': 'PNG 내려받기',
    },
    noscript:
      '플레이그라운드에는 자바스크립트가 필요합니다. 글과 갤러리의 그림은 자바스크립트 없이 보입니다.',
  },
  en: {
    description: 'Change the model, and figure and addresses follow at once. Nothing is sent to a server.',
    model: 'Model (YAML)',
    example: 'Example',
    view: 'View',
    auto: 'as suits the model',
    result: 'Result',
    take: 'Take away',
    buttons: {
      'copy-link': 'Copy link',
      'copy-mermaid': 'Copy Mermaid',
      'copy-svg': 'Copy SVG',
      'download-svg': 'Download SVG',
      'download-png': 'Download PNG',
    },
    noscript: 'The playground needs JavaScript. The figures of the posts and of the gallery do not.',
  },
}
