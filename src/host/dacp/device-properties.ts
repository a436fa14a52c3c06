// What a speaker tells of itself: its buttons were pressed, or somebody else plays on it. It comes without a session,
// by the number that the speaker was given. Source: docs/protocol/dacp-control.md, sections 3 and 11.

import type { Player } from '../../player/index.ts'
import type { EndpointContext } from '../endpoint.ts'
import { causeOf } from './cause.ts'

type DeviceSetter = (context: EndpointContext, value: number) => Promise<void>

/** For speakers alone; from others they are names like any that we do not know. */
export const deviceSetters: Readonly<Record<string, DeviceSetter>> = {
  'dmcp.device-volume': async (context, decibels) => {
    const { player, speaker } = context
    const percent = percentOf(decibels)
    if (!speaker || percent === undefined) return
    await player.takeOutputLoudness(speaker.outputId, percent, causeOf(context, `volume ${percent}`))
  },
  'dmcp.device-prevent-playback': (context, flag) => setTaken(context, 'prevented', flag),
  'dmcp.device-busy': (context, flag) => setTaken(context, 'busy', flag),
}

/** -30 dB and below is silence, 0 is full; above is no volume. */
function percentOf(decibels: number): number | undefined {
  if (decibels > 0) return undefined
  return decibels <= -30 ? 0 : Math.trunc(100 * (decibels / 30 + 1))
}

/** Speakers that somebody else plays on now, by player and output: switched off here, and on again when they are free. */
const takenByPlayer = new WeakMap<Player, Map<string, Set<'prevented' | 'busy'>>>()

async function setTaken(context: EndpointContext, why: 'prevented' | 'busy', flag: number): Promise<void> {
  const { player, speaker } = context
  if (!speaker) return
  const taken = takenByPlayer.get(player) ?? new Map<string, Set<'prevented' | 'busy'>>()
  takenByPlayer.set(player, taken)
  const id = speaker.outputId
  const isOn = player.state.outputs.some((output) => output.id === id && output.isOn)
  const reasons = taken.get(id)

  if (flag !== 0) {
    // One that is off is nobody's to give back.
    if (!isOn && !reasons) return
    taken.set(id, (reasons ?? new Set()).add(why))
    if (isOn) await player.switchOutput(id, false, causeOf(context, 'taken by somebody else'))
    return
  }
  reasons?.delete(why)
  if (!reasons || reasons.size > 0) return
  taken.delete(id)
  if (!isOn) await player.switchOutput(id, true, causeOf(context, 'free again'))
}
