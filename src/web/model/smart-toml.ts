// Reads the TOML that smart playlists are kept in: the part of the language that they use.

import { isGroup, type Match, type Rule, type RuleGroup, type SmartRules } from './smart-rules.ts'

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value }

/** Undefined for what an editor cannot show: groups in groups, `not`, limits by time or size, other TOML. */
export function rulesOfToml(text: string): SmartRules | undefined {
  try {
    return smartRules(documentOf(text))
  } catch {
    return undefined
  }
}

function smartRules(table: Record<string, Value>): SmartRules | undefined {
  const known = new Set(['name', 'match', 'rules', 'order', 'descending', 'limit', 'live'])
  if (Object.keys(table).some((key) => !known.has(key)) || table['live'] === false) return undefined
  const rules = asList(table['rules'] ?? []).map(ruleOf)
  if (rules.some((rule) => rule === undefined)) return undefined
  const { limit } = table
  return {
    name: String(table['name'] ?? ''),
    match: table['match'] === 'any' ? 'any' : 'all',
    rules: rules.filter((rule) => rule !== undefined),
    order: typeof table['order'] === 'string' ? table['order'] : 'album',
    isDescending: table['descending'] === true,
    limit: typeof limit === 'number' ? limit : undefined,
  }
}

function ruleOf(value: Value): Rule | RuleGroup | undefined {
  const table = asTable(value)
  for (const match of ['all', 'any'] as const satisfies readonly Match[]) {
    const inside = table[match]
    if (inside === undefined) continue
    const rules = asList(inside).map(ruleOf)
    const isPlain = rules.every((rule) => rule !== undefined && !isGroup(rule))
    return isPlain ? { match, rules: rules as Rule[] } : undefined
  }
  if (typeof table['field'] !== 'string' || typeof table['op'] !== 'string') return undefined
  const given = table['value']
  const values = given === undefined ? [] : Array.isArray(given) ? given.map(String) : [String(given)]
  return { field: table['field'], op: table['op'], values }
}

function asList(value: Value): readonly Value[] {
  if (!Array.isArray(value)) throw new Error('a list')
  return value
}

function asTable(value: Value): Record<string, Value> {
  if (typeof value !== 'object' || Array.isArray(value)) throw new Error('a table')
  return value as Record<string, Value>
}

// --- tokens

const token = /\s*(?:#[^\n]*\n?\s*)*("(?:[^"\\]|\\.)*"|'[^']*'|[[\]{},=]|[^\s[\]{},="'#]+)/y

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  token.lastIndex = 0
  for (let found = token.exec(text); found; found = token.exec(text)) tokens.push(found[1] ?? '')
  return tokens
}

function documentOf(text: string): Record<string, Value> {
  const tokens = tokensOf(text)
  const table: Record<string, Value> = {}
  while (tokens.length > 0) readPair(tokens, table)
  return table
}

function readPair(tokens: string[], table: Record<string, Value>): void {
  const key = tokens.shift() ?? ''
  if (tokens.shift() !== '=') throw new Error('an equals sign')
  table[key.replace(/^["']|["']$/g, '')] = readValue(tokens)
}

function readValue(tokens: string[]): Value {
  const first = tokens.shift() ?? ''
  if (first === '[') return readUntil(tokens, ']', () => readValue(tokens))
  if (first === '{') {
    const table: Record<string, Value> = {}
    readUntil(tokens, '}', () => readPair(tokens, table))
    return table
  }
  if (first.startsWith('"')) return JSON.parse(first) as string
  if (first.startsWith("'")) return first.slice(1, -1)
  if (first === 'true' || first === 'false') return first === 'true'
  const number = Number(first.replaceAll('_', ''))
  if (first === '' || Number.isNaN(number)) return first
  return number
}

function readUntil<Item>(tokens: string[], end: string, read: () => Item): Item[] {
  const items: Item[] = []
  while (tokens[0] !== end) {
    if (tokens.length === 0) throw new Error(`a ${end}`)
    items.push(read())
    if (tokens[0] === ',') tokens.shift()
  }
  tokens.shift()
  return items
}
