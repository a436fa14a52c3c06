// Rules of a smart playlist, read from their table and said in the library's words.

import { KnownError } from '../../errors.ts'
import type { SongFilter } from '../questions.ts'
import { mediaKinds, type SmartField, smartFields } from './smart-fields.ts'
import { dayIn, numberIn, spanSecondsIn } from './smart-values.ts'

/** Some rules ask about the time that has passed. */
export type FilterAt = (nowSeconds: number) => SongFilter

const deepestGroup = 10
const mostRules = 200
const longestText = 1000

/** `where` is the place in the definition, for those who have to correct it. */
export function badRules(where: string, problem: string): KnownError {
  return new KnownError('BAD_RULES', { where, problem })
}

export interface RuleReader {
  /** Rules beside each other. BAD_RULES. */
  readAll(rules: unknown, where: string): FilterAt[]
  /** The time that passes changes what the rules find. */
  isTimed(): boolean
}

export function ruleReader(): RuleReader {
  let count = 0
  let isTimed = false

  function readAll(rules: unknown, where: string, depth: number): FilterAt[] {
    if (!Array.isArray(rules)) throw badRules(where, 'it is a list of rules')
    if (depth > deepestGroup) throw badRules(where, `groups go ${deepestGroup} deep at most`)
    return rules.map((rule: unknown, index) => readOne(rule, `${where}[${index + 1}]`, depth))
  }

  function readOne(rule: unknown, where: string, depth: number): FilterAt {
    count += 1
    if (count > mostRules) throw badRules(where, `there are ${mostRules} rules at most`)
    if (!isTable(rule))
      throw badRules(where, 'a rule is a table, such as { field = "year", op = "is", value = 1999 }')
    const names = Object.keys(rule)
    const [group = ''] = names
    if (names.length === 1 && (group === 'all' || group === 'any')) {
      const parts = readAll(rule[group], `${where}.${group}`, depth + 1)
      return group === 'all' ? allOf(parts) : anyOf(parts)
    }
    if (names.length === 1 && group === 'not') {
      const part = readOne(rule[group], `${where}.not`, depth + 1)
      return (now) => ({ not: part(now) })
    }
    return readClause(rule, where)
  }

  function readClause(rule: Record<string, unknown>, where: string): FilterAt {
    const unknown = Object.keys(rule).find((name) => name !== 'field' && name !== 'op' && name !== 'value')
    if (unknown !== undefined) throw badRules(where, `a rule has no "${unknown.slice(0, 40)}"`)
    const { field: name, op, value } = rule
    const field = typeof name === 'string' && Object.hasOwn(smartFields, name) ? smartFields[name] : undefined
    if (!field) throw badRules(`${where}.field`, `one of: ${Object.keys(smartFields).join(', ')}`)
    const asked = operators[field.kind]
    const operator = typeof op === 'string' && Object.hasOwn(asked, op) ? asked[op] : undefined
    if (!operator) throw badRules(`${where}.op`, `one of: ${Object.keys(asked).join(', ')}`)
    if (operator.isTimed) isTimed = true
    const filter = operator.read(field, value)
    if (filter === undefined) throw badRules(`${where}.value`, operator.wants)
    return typeof filter === 'function' ? filter : () => filter
  }

  return { readAll: (rules, where) => readAll(rules, where, 1), isTimed: () => isTimed }
}

export function allOf(parts: readonly FilterAt[]): FilterAt {
  return (now) => ({ and: parts.map((part) => part(now)) })
}

export function anyOf(parts: readonly FilterAt[]): FilterAt {
  return (now) => ({ or: parts.map((part) => part(now)) })
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

// --- operators

interface Operator {
  /** Undefined when the value is no such value. */
  read(field: SmartField, value: unknown): SongFilter | FilterAt | undefined
  /** What a value is like, in words. */
  readonly wants: string
  readonly isTimed?: boolean
}

type TextMatch = Extract<SongFilter, { match: unknown }>['match']

function text(match: TextMatch, isNot = false): Operator {
  return {
    wants: match === 'empty' ? 'it has no value' : 'a text that is not empty',
    read(field, value) {
      if (field.kind !== 'text') return undefined
      if (match === 'empty' ? value !== undefined : typeof value !== 'string' || value === '')
        return undefined
      const wanted = match === 'empty' ? '' : String(value)
      if (wanted.length > longestText) return undefined
      return notIf(isNot, { text: field.text, match, value: wanted })
    },
  }
}

type Range = { readonly from: number; readonly to: number }

/** `bounds` makes a range of the value; both ends belong to it. */
function range(
  wants: string,
  bounds: (field: SmartField, value: unknown) => Range | undefined,
  isNot = false,
): Operator {
  return {
    wants,
    read(field, value) {
      const found = bounds(field, value)
      if (field.kind === 'text' || found === undefined || found.to < found.from) return undefined
      return notIf(isNot, knownRange(field, found))
    },
  }
}

/** Songs that do not say are left out, unless just they are asked for. */
function knownRange(field: Exclude<SmartField, { kind: 'text' }>, { from, to }: Range): SongFilter {
  const inside: SongFilter = { range: field.number, from, to }
  const mayBeUnknown = field.isUnknownAtZero === true && from <= 0 && to >= 0 && from !== to
  return mayBeUnknown ? { and: [inside, { not: { range: field.number, from: 0, to: 0 } }] } : inside
}

function notIf(isNot: boolean, filter: SongFilter): SongFilter {
  return isNot ? { not: filter } : filter
}

const open = Number.POSITIVE_INFINITY
const aNumber =
  'a number: stars from 0 to 5, a time as "3:30" or in seconds, a size in megabytes, else a whole one'
const aDay = 'a day such as 1999-12-31'
const aSpan = 'a time such as "12 hours", "30 days", "2 weeks", "6 months" or "1 year"'

const unitOf = (field: SmartField) => (field.kind === 'text' ? undefined : field.unit)
const single = (make: (number: number) => Range) => (field: SmartField, value: unknown) => {
  const number = numberIn(value, unitOf(field))
  return number === undefined ? undefined : make(number)
}
/** Whole units, and nothing between two of them: what is more than 3:30 begins a millisecond later. */
const exactly = single((number) => ({ from: number, to: number }))
/** A rule about times or sizes means what is shown, not milliseconds and bytes. */
const about = (field: SmartField, value: unknown): Range | undefined => {
  const found = exactly(field, value)
  if (found === undefined) return undefined
  if (unitOf(field) === 'time') return { from: found.from, to: found.from + 999 }
  return unitOf(field) === 'megabytes' ? { from: found.from, to: found.from + 999_999 } : found
}

function twoOf<Value>(
  value: unknown,
  read: (value: unknown) => Value | undefined,
): [Value, Value] | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined
  const [first, second] = [read(value[0]), read(value[1])]
  return first === undefined || second === undefined ? undefined : [first, second]
}

const betweenNumbers = (field: SmartField, value: unknown): Range | undefined => {
  const both = twoOf(value, (one) => about(field, one))
  return both && { from: both[0].from, to: both[1].to }
}

const day = (make: (day: Range) => Range) => (_: SmartField, value: unknown) => {
  const found = dayIn(value)
  return found && make(found)
}

const betweenDays = (_: SmartField, value: unknown): Range | undefined => {
  const both = twoOf(value, dayIn)
  return both && { from: both[0].from, to: both[1].to }
}

function inLast(isNot: boolean): Operator {
  return {
    wants: aSpan,
    isTimed: true,
    read(field, value) {
      const span = spanSecondsIn(value)
      if (field.kind === 'text' || span === undefined) return undefined
      return (now) => notIf(isNot, { range: field.number, from: Math.max(1, now - span), to: open })
    },
  }
}

const never = range('it has no value', (_, value) => (value === undefined ? { from: 0, to: 0 } : undefined))
const ever = range(
  'it has no value',
  (_, value) => (value === undefined ? { from: 0, to: 0 } : undefined),
  true,
)

const isTrue = (_: SmartField, value: unknown): Range | undefined =>
  typeof value === 'boolean' ? { from: Number(value), to: Number(value) } : undefined
const kindNamed = (_: SmartField, value: unknown): Range | undefined => {
  const kind = typeof value === 'string' && Object.hasOwn(mediaKinds, value) ? mediaKinds[value] : undefined
  return kind === undefined ? undefined : { from: kind, to: kind }
}
const aKind = `one of: ${Object.keys(mediaKinds).join(', ')}`

const operators: Readonly<Record<SmartField['kind'], Readonly<Record<string, Operator>>>> = {
  text: {
    is: text('exact'),
    'is-not': text('exact', true),
    contains: text('contains'),
    'contains-not': text('contains', true),
    'begins-with': text('startsWith'),
    'ends-with': text('endsWith'),
    'is-empty': text('empty'),
    'is-not-empty': text('empty', true),
  },
  number: {
    is: range(aNumber, about),
    'is-not': range(aNumber, about, true),
    'less-than': range(
      aNumber,
      single((number) => ({ from: -open, to: number - 1 })),
    ),
    'more-than': range(aNumber, (field, value) => {
      const found = about(field, value)
      return found && { from: found.to + 1, to: open }
    }),
    'at-least': range(
      aNumber,
      single((number) => ({ from: number, to: open })),
    ),
    'at-most': range(aNumber, (field, value) => {
      const found = about(field, value)
      return found && { from: -open, to: found.to }
    }),
    between: range(`two of them, the smaller first; each is ${aNumber}`, betweenNumbers),
  },
  date: {
    is: range(
      aDay,
      day((found) => found),
    ),
    before: range(
      aDay,
      day(({ from }) => ({ from: -open, to: from - 1 })),
    ),
    after: range(
      aDay,
      day(({ to }) => ({ from: to + 1, to: open })),
    ),
    between: range(`two days, the earlier first; each is ${aDay}`, betweenDays),
    'in-last': inLast(false),
    'not-in-last': inLast(true),
    'is-empty': never,
    'is-not-empty': ever,
  },
  flag: { is: range('true or false', isTrue) },
  media: { is: range(aKind, kindNamed), 'is-not': range(aKind, kindNamed, true) },
}
