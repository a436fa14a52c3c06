// Which fields a client wants: `meta=` with long names. Unknown and misspelt ones are skipped.

import { type ContentCode, codeOfName } from '../../protocol/index.ts'

/** Far more than iTunes' 70: bounds what a hostile request can make us look up. */
const mostNames = 500

/**
 * The codes asked for, out of those `known`, in the order of `known` (it puts first what must be first).
 * Undefined when everything is wanted: no meta, `meta=all`, or no name that we know (as OwnTone).
 */
export function wantedCodes(
  meta: string | undefined,
  known: ReadonlySet<ContentCode>,
): Set<ContentCode> | undefined {
  if (meta === undefined) return undefined
  const wanted = new Set<ContentCode>()
  for (const name of meta.split(',', mostNames)) {
    if (name === 'all') return undefined
    const code = codeOfName(name.trim())
    if (code !== undefined && known.has(code)) wanted.add(code)
  }
  return wanted.size === 0 ? undefined : wanted
}
