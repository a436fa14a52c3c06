import { KnownError } from '../../errors.ts'
import type { Endpoint } from '../endpoint.ts'
import { causeOf } from './cause.ts'
import { outputOf } from './speakers.ts'

/**
 * Switches exactly these speakers on and all others off; an empty list switches all off.
 *
 * Request GET /ctrl-int/1/setspeakers?speaker-id=0x78CA3946072A,0
 * Answers 204.
 * Fails   BAD_REQUEST without the parameter, NOT_FOUND for a speaker we have not; nothing is changed then.
 * Source  docs/protocol/dacp-control.md, section 8.
 */
export const setspeakers: Endpoint = async (context) => {
  const { player, query } = context
  const list = query.get('speaker-id')
  if (list === undefined) throw new KnownError('BAD_REQUEST', { missing: 'speaker-id' })
  const ids = list
    .split(',', 256)
    .filter((text) => text !== '')
    .map((text) => outputOf(player.state, text).id)

  await player.setOutputs(ids, causeOf(context, 'speakers'))

  return 'no content' as const
}
