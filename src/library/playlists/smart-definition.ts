// A smart playlist as it is written down (TOML, docs/smart-playlists.md), read into what finds its songs.

import { parse as parseToml, TomlError } from 'smol-toml'
import { KnownError } from '../../errors.ts'
import { mostEntries } from './entries.ts'
import { nameIn } from './playlist-name.ts'
import { smartFields } from './smart-fields.ts'
import { allOf, anyOf, badRules, type FilterAt, ruleReader } from './smart-rules.ts'

export interface SmartDefinition {
  readonly name: string
  readonly filterAt: FilterAt
  /** The time that passes changes what it finds. */
  readonly isTimed: boolean
  /** A field's name, or random; album order when left out. */
  readonly order: string | undefined
  readonly isDescending: boolean
  readonly limit: SmartLimit
  /** Follows the library; else it stays as it was found first. */
  readonly isLive: boolean
}

/** Infinite where there is none. */
export interface SmartLimit {
  readonly songs: number
  readonly durationMs: number
  readonly sizeBytes: number
}

export const longestDefinition = 65_536

const knownKeys = [
  'name',
  'match',
  'rules',
  'order',
  'descending',
  'limit',
  'limit-minutes',
  'limit-megabytes',
  'live',
] as const

/** BAD_RULES says the place and what belongs there. */
export function readDefinition(text: string): SmartDefinition {
  if (text.length > longestDefinition) throw badRules('', `it is longer than ${longestDefinition} characters`)
  const table = tableIn(text)
  const unknown = Object.keys(table).find((key) => !(knownKeys as readonly string[]).includes(key))
  if (unknown !== undefined) throw badRules(unknown.slice(0, 40), `one of: ${knownKeys.join(', ')}`)
  const reader = ruleReader()
  const rules = reader.readAll(table['rules'] ?? [], 'rules')
  const match = table['match'] ?? 'all'
  if (match !== 'all' && match !== 'any') throw badRules('match', '"all" or "any"')
  return {
    name: requiredName(table['name']),
    filterAt: match === 'all' || rules.length === 0 ? allOf(rules) : anyOf(rules),
    isTimed: reader.isTimed(),
    order: orderIn(table['order']),
    isDescending: flag(table, 'descending', false),
    limit: {
      songs: count(table, 'limit', mostEntries) ?? mostEntries,
      durationMs: (count(table, 'limit-minutes', 1_000_000) ?? Number.POSITIVE_INFINITY) * 60_000,
      sizeBytes: (count(table, 'limit-megabytes', 100_000_000) ?? Number.POSITIVE_INFINITY) * 1_000_000,
    },
    isLive: flag(table, 'live', true),
  }
}

function tableIn(text: string): Record<string, unknown> {
  try {
    return parseToml(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const where = error instanceof TomlError ? { where: `line ${error.line}` } : {}
    throw new KnownError('BAD_RULES', { ...where, problem: message.split('\n')[0] ?? '' }, error)
  }
}

function requiredName(value: unknown): string {
  const name = typeof value === 'string' ? nameIn(value) : undefined
  if (name === undefined) throw badRules('name', 'a text of 1 to 255 characters')
  return name
}

function orderIn(value: unknown): string | undefined {
  if (value === undefined || value === 'random') return value
  const field =
    typeof value === 'string' && Object.hasOwn(smartFields, value) ? smartFields[value] : undefined
  if (typeof value === 'string' && field && (field.kind !== 'text' || field.sortedBy)) return value
  const names = Object.entries(smartFields).flatMap(([name, row]) =>
    row.kind === 'text' && row.sortedBy === undefined ? [] : name,
  )
  throw badRules('order', `one of: random, ${names.join(', ')}`)
}

function flag(table: Record<string, unknown>, key: string, otherwise: boolean): boolean {
  const value = table[key] ?? otherwise
  if (typeof value !== 'boolean') throw badRules(key, 'true or false')
  return value
}

function count(table: Record<string, unknown>, key: string, most: number): number | undefined {
  const value = table[key]
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > most)
    throw badRules(key, `a whole number from 1 to ${most}`)
  return value
}

/** The same definition under another name; what else stands in it, and how it is written, stays. */
export function withName(definition: string, name: string): string {
  const line = `name = ${JSON.stringify(name)}`
  const renamed = definition.replace(/^[ \t]*(?:name|"name"|'name')[ \t]*=.*$/m, () => line)
  try {
    if (readDefinition(renamed).name === name) return renamed
  } catch {
    // The name does not stand on a line of its own.
  }
  throw badRules('name', 'a smart playlist whose name does not stand on a line of its own cannot be renamed')
}
