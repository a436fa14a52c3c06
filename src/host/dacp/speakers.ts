import { KnownError } from '../../errors.ts'
import type { OutputStatus, PlayerState } from '../../player/index.ts'
import { parseHex64, parseId } from '../../protocol/index.ts'

/** Which output a speaker id of the wire means: decimal, `0x` hex, or bare hex. NOT_FOUND. */
export function outputOf(state: PlayerState, text: string): OutputStatus {
  const readings = [parseId(text), parseHex64(text)]
  const output = state.outputs.find(({ speakerId }) => readings.includes(speakerId))
  if (!output) throw new KnownError('NOT_FOUND', { speaker: text.slice(0, 40) })
  return output
}
