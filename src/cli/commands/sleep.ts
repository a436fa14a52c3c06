// `tonearm sleep`: the music stops by itself.

import { systemClock } from '../../clock.ts'
import type { SleepState } from '../../remote/node.ts'
import { badUse, doingWithRemote, newCommand } from '../command.ts'
import { jsonLine, line } from '../terminal/output.ts'
import { counted } from '../terminal/text.ts'

const mostMinutes = 24 * 60

export const sleepCommand = doingWithRemote(
  newCommand({
    name: 'sleep',
    says: 'Let the music stop by itself, or show when it will.',
    example: 'sleep 30',
    isData: true,
    isRemote: true,
  }).argument('[when]', 'in so many minutes, or "end" for the end of this song, or "off"'),
  async (remote, { words: [when], options, signal }) => {
    if (when !== undefined) await remote.setSleepTimer(timerOf(when), { signal })
    const { own } = await remote.status({ signal })
    if (options.json) jsonLine({ sleep: sleepJson(own?.sleep) })
    else line(own?.sleep === undefined ? 'No sleep timer is set.' : `It stops ${sleepText(own.sleep)}.`)
  },
)

function timerOf(when: string): { afterMs: number } | 'endOfSong' | undefined {
  if (when === 'off') return undefined
  if (when === 'end') return 'endOfSong'
  const minutes = Number(when)
  if (!/^\d{1,4}(\.\d)?$/.test(when) || minutes < 0.1 || minutes > mostMinutes)
    throw badUse(`"${when}" is no time to sleep; 30 (minutes), end and off are`)
  return { afterMs: minutes * 60_000 }
}

/** In --json: `"endOfSong"`, `{"remainingMs":N}` or null. */
export function sleepJson(sleep: SleepState | undefined): unknown {
  if (sleep === undefined || sleep === 'endOfSong') return sleep ?? null
  return { remainingMs: remainingMs(sleep) }
}

/** "in 12 minutes", "in 30 seconds", "with this song". */
export function sleepText(sleep: SleepState): string {
  if (sleep === 'endOfSong') return 'with this song'
  const seconds = Math.ceil(remainingMs(sleep) / 1000)
  return seconds < 60
    ? `in ${counted(seconds, 'second')}`
    : `in ${counted(Math.ceil(seconds / 60), 'minute')}`
}

function remainingMs({ atMs }: { readonly atMs: number }): number {
  return Math.max(0, Math.round(atMs - systemClock.nowMs()))
}
