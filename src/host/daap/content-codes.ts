import { announcedCodes, type DmapNode } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'

/** The same for everyone, always. */
const dictionary: DmapNode[] = announcedCodes().map(({ code, longName, typeNumber }) => [
  'mdcl',
  [
    ['mcnm', numberOf(code)],
    ['mcna', longName],
    ['mcty', typeNumber],
  ],
])

/**
 * Names and types of the content codes that we are sure of.
 *
 * Request GET /content-codes, without a session
 * Answers `mccr` with a `mdcl` for each; `mcnm` is the four letters as a number.
 * Source  docs/protocol/daap-library.md, section 2.
 */
export const contentCodes: Endpoint = () => ['mccr', [['mstt', 200], ...dictionary]]

function numberOf(code: string): number {
  return Array.from(code).reduce((number, letter) => number * 256 + letter.charCodeAt(0), 0)
}
