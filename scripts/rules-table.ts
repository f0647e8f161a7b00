/**
 * The table of what differs between engines, in README.md and in the guide's page on engines, printed from the register:
 * `npx tsx scripts/rules-table.ts`. A row says in both languages what a rule is about and what each of its values means.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { REGISTER, RELEASES, type RuleName, rulesOf } from '../src/rules/index.ts'
import { ENGINE_VERSIONS } from '../src/version.ts'

type Language = 'en' | 'ko'

interface Row {
  readonly rule: RuleName
  readonly what: Readonly<Record<Language, string>>
  /** By the value as JSON. */
  readonly values: Readonly<Record<string, Readonly<Record<Language, string>>>>
}

const row = (
  rule: RuleName,
  en: string,
  ko: string,
  values: readonly (readonly [value: unknown, en: string, ko: string])[],
): Row => ({
  rule,
  what: { en, ko },
  values: Object.fromEntries(values.map(([value, e, k]) => [JSON.stringify(value), { en: e, ko: k }])),
})

const ROWS: readonly Row[] = [
  row('poolChoice', 'A freed default pool is used again', '반납된 기본 풀', [
    ['rotating', 'after the list is through', '목록 끝까지 쓴 뒤 재사용'],
    ['lowest', 'at once, lowest first', '가장 낮은 것부터 곧바로'],
  ]),
  row('ipv6DefaultPool', 'IPv6 without a subnet', '서브넷 없는 IPv6', [
    [false, 'refused', '거절'],
    [true, 'ULA of the engine', '엔진의 ULA'],
  ]),
  row('tinySubnetsWhole', '`/31` and `/32` subnets', '`/31`, `/32` 서브넷', [
    [false, 'refused', '거절'],
    [true, 'usable', '사용 가능'],
  ]),
  row('unspecifiedSubnetIsSize', '`--subnet 0.0.0.0/24`', '`--subnet 0.0.0.0/24`', [
    [false, 'that very subnet', '그 서브넷 그대로'],
    [true, 'the next free /24', '비어 있는 다음 /24'],
  ]),
  row('gatewayMadeUp', 'A gateway nobody wrote', '적지 않은 게이트웨이', [
    ['always', 'reserved always', '언제나 예약'],
    ['where-used', 'reserved where it is used', '쓰이는 곳에만 예약'],
    ['on-bridges', 'on bridges only', 'bridge에만'],
  ]),
  row(
    'sharesMacvlanParent',
    'Several macvlan networks on one parent',
    '부모 인터페이스 하나에 macvlan 여럿',
    [
      [false, 'refused', '거절'],
      [true, 'allowed', '허용'],
    ],
  ),
  row('ipvlanModes', 'Modes of ipvlan', 'ipvlan의 모드', [
    [['', 'l2', 'l3'], 'l2, l3', 'l2, l3'],
    [['', 'l2', 'l3', 'l3s'], 'l2, l3, l3s', 'l2, l3, l3s'],
  ]),
  row('gatewayModes', 'Gateway modes of a bridge', 'bridge의 게이트웨이 모드', [
    [[], 'none', '없음'],
    [['nat', 'routed'], 'nat, routed', 'nat, routed'],
    [
      ['nat', 'nat-unprotected', 'routed', 'isolated'],
      'and nat-unprotected, isolated',
      'nat-unprotected, isolated도',
    ],
  ]),
  row('internalBridgeHasRoute', 'Internal network', 'internal 네트워크', [
    [true, 'has a default route', '기본 경로 있음'],
    [false, 'no default route', '기본 경로 없음'],
  ]),
  row('filtersIpv6', 'NAT and filters for IPv6', 'IPv6의 NAT와 필터', [
    [false, 'none', '없음'],
    [true, 'as for IPv4', 'IPv4와 같음'],
  ]),
  row(
    'dropsDirectAccess',
    'A published port, at the container’s own address',
    '컨테이너 주소로 접근하는 게시 포트',
    [
      [false, 'open from the LAN', 'LAN에 열림'],
      [true, 'closed', '닫힘'],
    ],
  ),
  row('rangeOrder', 'Ports chosen from a range', '범위에서 고르는 포트', [
    ['descending', 'highest container port first', '높은 컨테이너 포트부터'],
    ['ascending', 'lowest container port first', '낮은 컨테이너 포트부터'],
  ]),
  row('checksEndpointAtCreate', 'A static address is checked', '고정 주소의 검사', [
    [false, 'at start', '시작할 때'],
    [true, 'at create', '만들 때'],
  ]),
  row(
    'staticAddressNeedsGivenSubnet',
    'A fixed address on a subnet Docker chose',
    'Docker가 고른 서브넷의 고정 주소',
    [
      [true, 'refused', '거절'],
      [false, 'works', '가능'],
    ],
  ),
  row('severalNetworksAtCreate', 'Networks at `docker run`', '`docker run`에 적는 네트워크', [
    [false, 'one', '하나'],
    [true, 'many', '여럿'],
  ]),
  row('mac', 'MAC on bridge and macvlan', 'bridge와 macvlan의 MAC', [
    ['of-address', 'from the IPv4 address', 'IPv4 주소에서'],
    ['random', 'random at every start', '시작할 때마다 무작위'],
  ]),
  row('interfaceOrder', '`ethN` with several networks', '네트워크가 여럿일 때 `ethN`', [
    ['by-gateway', 'by name, internal last', '이름순, internal은 뒤'],
    ['random', 'left to chance', '정해져 있지 않음'],
  ]),
  row('gatewayPriority', '`gw_priority`, `interface_name`', '`gw_priority`, `interface_name`', [
    [false, 'no', '없음'],
    [true, 'yes', '있음'],
  ]),
  row('ipv4Optional', 'A network without IPv4', 'IPv4 없는 네트워크', [
    [false, 'no', '없음'],
    [true, 'yes', '있음'],
  ]),
]

const HEAD: Readonly<Record<Language, string>> = { en: 'since', ko: '바뀐 버전' }

export function rulesTable(language: Language): string {
  const names = ENGINE_VERSIONS.map((engine) => (engine === '20' ? RELEASES[engine].engine : engine))
  const lines = ROWS.map(({ rule, what, values }) => {
    const cells = ENGINE_VERSIONS.map((engine) => {
      const value = JSON.stringify(rulesOf(engine)[rule])
      const text = values[value]?.[language]
      if (text === undefined) throw new Error(`${rule} has no words for ${value}`)
      return text
    })
    return [what[language], ...cells, REGISTER[rule].edges.map(({ since }) => since).join(', ')]
  })
  const head: readonly string[] = ['', ...names, HEAD[language]]
  const rows = [head, head.map(() => '---'), ...lines]
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const ROOT = resolve(import.meta.dirname, '..')
const BEGIN = '<!-- rules: printed by scripts/rules-table.ts -->'
const END = '<!-- /rules -->'

export const PAGES: readonly (readonly [path: string, language: Language])[] = [
  ['README.md', 'en'],
  ['content/en/guide/engines.md', 'en'],
  ['content/guide/engines.md', 'ko'],
]

/** A page as it stands, and as it should. */
export function pageWithTable(
  path: string,
  language: Language,
): { readonly now: string; readonly fresh: string } {
  const now = readFileSync(join(ROOT, path), 'utf8')
  const [before, after] = [now.indexOf(BEGIN), now.indexOf(END)]
  if (before < 0 || after < before) throw new Error(`${path} has no place for the table of rules`)
  return { now, fresh: `${now.slice(0, before)}${BEGIN}\n\n${rulesTable(language)}\n\n${now.slice(after)}` }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [path, language] of PAGES) writeFileSync(join(ROOT, path), pageWithTable(path, language).fresh)
}
