// An error as a person reads it: what happened, the way out, the code. A bug is shown whole.

import { styleText } from 'node:util'
import { KnownError } from '../../errors.ts'
import { printable } from './text.ts'

/** Writes to stderr and gives the exit status. */
export function showError(error: unknown): number {
  if (!(error instanceof KnownError)) {
    process.stderr.write(`${styleText('red', 'This is a bug in Tonearm.', { stream: process.stderr })}\n`)
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return 1
  }
  if (error.code === 'BAD_USE') {
    process.stderr.write(`error: ${printable(String(error.details['problem']))}\n(${error.row.try})\n`)
    return 2
  }
  const details = detailText(error)
  const lines = [
    styleText('red', error.row.says, { stream: process.stderr }) + (details === '' ? '' : ` ${details}`),
    error.row.try,
    styleText('dim', `(${error.code})`, { stream: process.stderr }),
  ]
  process.stderr.write(`${lines.join('\n')}\n`)
  return 1
}

/** The words of the host or the place, in brackets; never a nested object. */
function detailText(error: KnownError): string {
  const { hostSays, ...others } = error.details
  const said = typeof hostSays === 'string' ? [`the host says: ${printable(hostSays)}`] : []
  const pairs = Object.entries(others)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${name}: ${printable(String(value))}`)
  const all = [...said, ...pairs]
  return all.length === 0 ? '' : `[${all.join(', ')}]`
}
