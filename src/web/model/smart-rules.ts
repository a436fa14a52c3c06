// The rules of a smart playlist, as an editor has them, and as the TOML that hosts read (docs/smart-playlists.md).

export type Match = 'all' | 'any'

export interface Rule {
  readonly field: string
  readonly op: string
  /** As it is typed: one text, or two where the op takes two. */
  readonly values: readonly string[]
}

export interface RuleGroup {
  readonly match: Match
  readonly rules: readonly (Rule | RuleGroup)[]
}

export interface SmartRules extends RuleGroup {
  readonly name: string
  readonly order: string
  readonly isDescending: boolean
  /** Undefined: no limit. */
  readonly limit: number | undefined
}

export type FieldKind = 'text' | 'number' | 'stars' | 'time' | 'date' | 'yes'

export const fieldKinds: Readonly<Record<string, FieldKind>> = {
  title: 'text',
  artist: 'text',
  'album-artist': 'text',
  album: 'text',
  composer: 'text',
  genre: 'text',
  comment: 'text',
  format: 'text',
  rating: 'stars',
  year: 'number',
  'play-count': 'number',
  'skip-count': 'number',
  bpm: 'number',
  'bit-rate': 'number',
  time: 'time',
  'date-added': 'date',
  'last-played': 'date',
  'release-date': 'date',
  compilation: 'yes',
}

const numberOps = ['is', 'is-not', 'at-least', 'at-most', 'more-than', 'less-than', 'between'] as const
export const opsOf: Readonly<Record<FieldKind, readonly string[]>> = {
  text: ['is', 'is-not', 'contains', 'contains-not', 'begins-with', 'ends-with', 'is-empty', 'is-not-empty'],
  number: numberOps,
  stars: numberOps,
  time: numberOps,
  date: ['in-last', 'not-in-last', 'is', 'before', 'after', 'between', 'is-empty', 'is-not-empty'],
  yes: ['is'],
}

export const orders = [
  'album',
  'title',
  'artist',
  'random',
  'rating',
  'play-count',
  'last-played',
  'date-added',
  'year',
] as const

export const isGroup = (rule: Rule | RuleGroup): rule is RuleGroup => 'rules' in rule

function valueCount({ op }: Pick<Rule, 'op'>): 0 | 1 | 2 {
  if (op === 'is-empty' || op === 'is-not-empty') return 0
  return op === 'between' ? 2 : 1
}

export const firstRule: Rule = { field: 'genre', op: 'contains', values: [''] }

/** Another field keeps what still makes sense of a rule. */
export function withField(rule: Rule, field: string): Rule {
  const kind = fieldKinds[field] ?? 'text'
  const op = opsOf[kind].includes(rule.op) ? rule.op : (opsOf[kind][0] ?? 'is')
  const isSameKind = fieldKinds[rule.field] === kind
  return withOp({ field, op, values: isSameKind ? rule.values : [] }, op)
}

export function withOp(rule: Rule, op: string): Rule {
  const kind = fieldKinds[rule.field] ?? 'text'
  const isSpan = op === 'in-last' || op === 'not-in-last'
  const usual = isSpan
    ? '3 months'
    : { text: '', number: '0', stars: '4', time: '3:30', date: '2020-01-01', yes: 'true' }[kind]
  const fits = (value: string) => kind !== 'date' || /^\d+ \w+$/.test(value) === isSpan
  const values = Array.from({ length: valueCount({ op }) }, (_, index) => {
    const value = rule.values[index]
    return value !== undefined && fits(value) ? value : usual
  })
  return { ...rule, op, values }
}

/** Hosts refuse rules that wait for a text. */
export function isFinished({ rules }: RuleGroup): boolean {
  return rules.every((rule) =>
    isGroup(rule) ? isFinished(rule) : rule.values.every((value) => value !== ''),
  )
}

// --- as TOML

export function tomlOf(rules: SmartRules): string {
  const lines = [
    `name = ${quoted(rules.name)}`,
    `match = ${quoted(rules.match)}`,
    `rules = [\n${rules.rules.map((rule) => `  ${ruleToml(rule)},\n`).join('')}]`,
    rules.order === 'album' ? '' : `order = ${quoted(rules.order)}`,
    rules.isDescending ? 'descending = true' : '',
    rules.limit === undefined ? '' : `limit = ${rules.limit}`,
  ]
  return `${lines.filter(Boolean).join('\n')}\n`
}

function ruleToml(rule: Rule | RuleGroup): string {
  if (isGroup(rule)) return `{ ${rule.match} = [${rule.rules.map(ruleToml).join(', ')}] }`
  const head = `field = ${quoted(rule.field)}, op = ${quoted(rule.op)}`
  const [first = '', second = ''] = rule.values.map((value) => valueToml(rule, value))
  const count = valueCount(rule)
  if (count === 0) return `{ ${head} }`
  return `{ ${head}, value = ${count === 2 ? `[${first}, ${second}]` : first} }`
}

function valueToml({ field }: Rule, value: string): string {
  const kind = fieldKinds[field] ?? 'text'
  if (kind === 'yes') return value === 'false' ? 'false' : 'true'
  if (kind === 'number' || kind === 'stars') return String(Number(value) || 0)
  return quoted(value)
}

/** Basic strings of TOML escape as those of JSON do. */
const quoted = (text: string): string => JSON.stringify(text)
