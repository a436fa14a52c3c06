// What stands after "?" (and in a form's body), and reading single values of it.

import { KnownError } from '../../errors.ts'
import { parseId, parseUrlQuery } from '../../protocol/index.ts'
import type { QueryParameters } from '../endpoint.ts'

const latin1 = new TextDecoder('latin1')

export function parametersOf(rawQuery: string, form?: Uint8Array): QueryParameters {
  const pairs = parseUrlQuery(rawQuery)
  if (form) pairs.push(...parseUrlQuery(latin1.decode(form)))
  return new Parameters(pairs)
}

class Parameters implements QueryParameters {
  readonly #pairs: readonly (readonly [name: string, value: string])[]

  constructor(pairs: readonly (readonly [name: string, value: string])[]) {
    this.#pairs = pairs
  }

  get(name: string): string | undefined {
    for (const [key, value] of this.#pairs) if (key === name) return value
    return undefined
  }

  has(name: string): boolean {
    return this.#pairs.some(([key]) => key === name)
  }

  entries(): readonly (readonly [name: string, value: string])[] {
    return this.#pairs
  }
}

/** BAD_REQUEST names the parameter that is missing. */
export function required(query: QueryParameters, parameter: string): string {
  const value = query.get(parameter)
  if (value === undefined || value === '') throw new KnownError('BAD_REQUEST', { missing: parameter })
  return value
}

/** A whole number, perhaps written "55.000000" or in hex; undefined when absent, BAD_REQUEST when it is no number. */
export function wholeNumber(query: QueryParameters, parameter: string): number | undefined {
  const text = query.get(parameter)
  if (text === undefined || text === '') return undefined
  const number = Number(text)
  if (!Number.isFinite(number)) throw new KnownError('BAD_REQUEST', { parameter, value: text.slice(0, 40) })
  return Math.trunc(number)
}

/** Session ids are unsigned 32-bit; undefined for anything else. */
export function sessionIdOf(query: QueryParameters): number | undefined {
  const id = parseId(query.get('session-id') ?? '')
  return id === undefined || id > 0xffffffffn ? undefined : Number(id)
}
