/**
 * The table of limits in README.md and in the guide, printed from the limits themselves: `npx tsx scripts/limits-table.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MAX_COMMAND_LENGTH } from '../src/command/parse.ts'
import { MAX_SERVICE_PORTS } from '../src/command/service.ts'
import { LONGEST_CHAIN } from '../src/compose/extends.ts'
import * as limits from '../src/compose/limits.ts'
import { MAX_FILE_BYTES } from '../src/files/project-files.ts'
import { MAX_STEPS_SHOWN } from '../src/markdown-it/info-problems.ts'
import { MOST_ORDERS, MOST_THINGS } from '../src/plan/chance/other-orders.ts'
import { MODEL_LIMIT } from '../src/playground/model-link.ts'

type Language = 'en' | 'ko'
/** Each limit of a block has its words: the compiler tells of one that has none. */
const OF_BLOCK: Readonly<Record<keyof typeof limits, readonly [en: string, ko: string]>> = {
  MAX_BLOCK_LENGTH: ['Letters of a block', '블록의 글자'],
  MAX_NESTING: ['Lists and maps inside each other', '겹친 목록과 맵'],
  MAX_SERVICES: ['Services', '서비스'],
  MAX_NETWORKS: ['Networks', '네트워크'],
  MAX_HOSTS: ['Hosts', '호스트'],
  MAX_COMMANDS: ['Commands', '명령'],
  MAX_CONTAINERS: [
    'Containers, replicas counted, also those started anew',
    '컨테이너 (레플리카와 다시 시작한 것 포함)',
  ],
  MAX_ENDPOINTS: ['Endpoints: containers times their networks', '엔드포인트 (컨테이너마다 연결한 네트워크)'],
  MAX_PORTS: ['Published ports; a range is as many', '게시한 포트 (범위는 그 수만큼)'],
  MAX_NAMES: ['Aliases, links and dependencies', '별칭, 링크, 의존 관계'],
  MAX_REVISITS: [
    'Tasks and interfaces that commands look at once more',
    '명령이 다시 훑는 태스크와 인터페이스',
  ],
  MAX_ALIASED: ['Values that YAML aliases add', 'YAML 별칭으로 늘어나는 값'],
  MAX_INTERPOLATED_LENGTH: ['Letters of a text with variables', '변수가 있는 텍스트의 글자'],
  MAX_STEPS_RUN: [
    'Commands run for the steps of one model in a post',
    '글 하나에서 모델 하나의 단계를 위해 실행하는 명령',
  ],
  MAX_PROBLEMS: [
    'Problems told of how a block is written; what planning it finds is told in full',
    '블록을 읽으면서 알리는 문제 (계산하면서 찾은 것은 모두 알림)',
  ],
  MAX_FILES: ['Files of one model', '모델 하나를 이루는 파일'],
}
const OTHERS: readonly (readonly [limit: number, en: string, ko: string])[] = [
  [MAX_COMMAND_LENGTH, 'Letters of a command', '명령 하나의 글자'],
  [MAX_SERVICE_PORTS, 'Ports of a service that a command makes', '명령으로 만든 서비스의 포트'],
  [MAX_STEPS_SHOWN, 'Figures of one `steps=`', '`steps=` 하나의 그림'],
  [LONGEST_CHAIN, 'Services that extend one another in a row', '`extends`로 이어진 서비스'],
  [
    MOST_THINGS,
    'Containers, networks and steps of a block that is planned again in other orders',
    '다른 순서로 다시 계산하는 블록의 컨테이너, 네트워크, 단계',
  ],
  [MOST_ORDERS, 'Orders that such a block is planned in', '그런 블록을 계산하는 순서의 수'],
  [MODEL_LIMIT, 'Letters of a model in a link to the playground', '플레이그라운드 링크에 담긴 모델의 글자'],
  [MAX_FILE_BYTES, 'Bytes of a file that `src=` names', '`src=` 파일의 바이트'],
]
const BEGIN = '<!-- limits: printed by scripts/limits-table.ts -->'
const END = '<!-- /limits -->'

export const LIMIT_PAGES: readonly (readonly [path: string, language: Language])[] = [
  ['README.md', 'en'],
  ['content/guide/options.md', 'ko'],
  ['content/en/guide/options.md', 'en'],
]

function table(language: Language): string {
  const heads = language === 'en' ? ['Of one block', 'at most'] : ['블록 하나에', '최대']
  const values: Readonly<Record<string, number>> = limits
  const ofBlock = Object.entries(OF_BLOCK).map(([name, words]) => [values[name] ?? 0, ...words] as const)
  const rows = [...ofBlock, ...OTHERS].map(
    ([limit, en, ko]) => `| ${language === 'en' ? en : ko} | ${limit.toLocaleString('en-US')} |`,
  )
  return [BEGIN, '', `| ${heads[0]} | ${heads[1]} |`, '|---|---|', ...rows, '', END].join('\n')
}

/** A page with the table as the limits are now. */
export function pageWithLimits(text: string, language: Language): string {
  const from = text.indexOf(BEGIN)
  const to = text.indexOf(END)
  if (from < 0 || to < from) throw new Error(`a page has no ${BEGIN} … ${END}`)
  return text.slice(0, from) + table(language) + text.slice(to + END.length)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const [path, language] of LIMIT_PAGES) {
    const file = resolve(import.meta.dirname, '..', path)
    writeFileSync(file, pageWithLimits(readFileSync(file, 'utf8'), language))
  }
