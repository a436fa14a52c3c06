// `tonearm wind`: through the song fast, as with a button held down.

import { systemClock } from '../../clock.ts'
import type { WindDirection } from '../../remote/node.ts'
import { badUse, doingWithRemote, newCommand } from '../command.ts'
import { showStatus } from './status.ts'

const usualSeconds = 3
/** Hosts let go by themselves after a minute. */
const mostSeconds = 60

export const windCommand = doingWithRemote(
  newCommand({
    name: 'wind',
    says: 'Wind forward or back for some seconds; the longer, the faster. Ctrl-C lets go earlier.',
    example: 'wind forward 5',
    isData: true,
    isRemote: true,
  })
    .argument('<direction>', 'forward or back')
    .argument('[seconds]', `how long the button is held; ${usualSeconds} when left out`),
  async (remote, { words: [direction, text = String(usualSeconds)], options, signal }) => {
    if (!isDirection(direction)) throw badUse('one winds forward or back')
    const seconds = Number(text)
    if (!/^\d{1,2}(\.\d{1,3})?$/.test(text) || seconds > mostSeconds)
      throw badUse(`a button is held for up to ${mostSeconds} seconds`)
    await remote.wind(direction, { signal })
    try {
      await systemClock.until(systemClock.nowMs() + seconds * 1000, signal)
    } finally {
      await remote.endWind()
    }
    await showStatus(remote, options)
  },
)

function isDirection(word: string | undefined): word is WindDirection {
  return word === 'forward' || word === 'back'
}
