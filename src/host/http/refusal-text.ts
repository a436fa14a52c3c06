// What is wrong, in a sentence: for answers that have no room for an error's details.

import type { KnownError } from '../../errors.ts'

/** Details that are our own words, numbers and names of parameters. Others may be what the client has sent, and stay here. */
const toldDetails = ['reason', 'missing', 'parameter', 'offset']

/** `says`, and in brackets what it is about: "(missing index)". */
export function refusalText({ row, details }: KnownError): string {
  const told = toldDetails.flatMap((name) => {
    const value = details[name]
    if (typeof value !== 'string' && typeof value !== 'number') return []
    return name === 'reason' ? String(value) : `${name} ${value}`
  })
  return told.length === 0 ? row.says : `${row.says} (${told.join(', ')})`
}
