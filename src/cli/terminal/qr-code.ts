// An address as a square that a phone's camera reads.

import { styleText } from 'node:util'
import { renderUnicodeCompact } from 'uqr'

/** Lines of half blocks, white where the paper is: so it is right on terminals of any colour. */
export function qrLines(text: string, stream: NodeJS.WriteStream): string[] {
  return renderUnicodeCompact(text, { border: 2 })
    .split('\n')
    .map((row) => styleText(['bgBlack', 'whiteBright'], row, { stream }))
}
