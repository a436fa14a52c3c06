// `tonearm status`: what plays, for people and as the one JSON shape.

import { KnownError } from '../../errors.ts'
import { positionAt, type Remote, type Status } from '../../remote/node.ts'
import { type CommonOptions, doingWithRemote, newCommand } from '../command.ts'
import { withRemote } from '../reach/choose-host.ts'
import { interrupted } from '../terminal/interrupt.ts'
import { jsonLine, line, styled } from '../terminal/output.ts'
import { printable, timeText } from '../terminal/text.ts'
import { sleepJson, sleepText } from './sleep.ts'

export const statusCommand = doingWithRemote(
  newCommand({
    name: 'status',
    says: 'Show what plays.',
    example: 'status --host studio',
    isData: true,
    isRemote: true,
  }),
  (remote, { options }) => showStatus(remote, options),
)

/** After a command too: what it led to. */
export async function showStatus(remote: Remote, options: CommonOptions): Promise<void> {
  const status = await remote.status({ signal: interrupted })
  if (options.json) jsonLine(statusJson(status))
  else for (const text of statusLines(status)) line(text)
}

/** For `tonearm` alone: nothing where there is no host to ask. */
export async function showStatusIfAny(): Promise<void> {
  try {
    await withRemote({ options: {}, signal: interrupted }, async (remote) => {
      line(styled('bold', printable(remote.host.name)))
      await showStatus(remote, {})
      line()
    })
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
  }
}

/**
 * The contract: `{"state","positionMs","durationMs","volumePercent","shuffle","repeat","track"}`. What only our own
 * hosts say stands behind it, null elsewhere.
 */
export function statusJson(status: Status) {
  const { own } = status
  return {
    state: status.state,
    positionMs: Math.round(positionAt(status, performance.now())),
    durationMs: status.durationMs,
    volumePercent: status.volumePercent,
    shuffle: status.isShuffled,
    repeat: status.repeat,
    track: status.track,
    winding: status.winding ?? null,
    muted: own?.isMuted ?? null,
    replayGain: own?.replayGain ?? null,
    sleep: sleepJson(own?.sleep),
    from: own?.from ?? null,
    undoable: own?.undoable ?? null,
  }
}

const signs = { playing: '▶', paused: '⏸', stopped: '■' } as const
const windingSigns = { forward: '⏩', back: '⏪' } as const

function statusLines(status: Status): string[] {
  const { own } = status
  const lines = [headline(status)]
  if (status.track?.album) lines.push(`  ${printable(status.track.album)}`)
  const facts = [
    ...(status.state === 'stopped' ? [] : [timesText(status)]),
    `volume ${volumeText(status)}`,
    `shuffle ${status.isShuffled ? 'on' : 'off'}`,
    `repeat ${status.repeat}`,
    ...(own?.sleep === undefined ? [] : [`stops ${sleepText(own.sleep)}`]),
  ]
  lines.push(styled('dim', `  ${facts.join(' · ')}`))
  if (status.notice !== undefined) lines.push(styled('yellow', `  ${printable(status.notice)}`))
  return lines
}

/** `40 %`, or `0 %, muted`. */
export function volumeText({ volumePercent, own }: Status): string {
  return own?.isMuted ? `${volumePercent} %, muted` : `${volumePercent} %`
}

/** `▶ So What — Miles Davis`. */
export function headline({ state, winding, track }: Status): string {
  const sign = winding ? windingSigns[winding] : signs[state]
  if (!track) return `${sign} ${state === 'stopped' ? 'Stopped' : 'Nothing known of what plays'}`
  const artist = track.artist === '' ? '' : ` — ${printable(track.artist)}`
  return `${sign} ${styled('bold', printable(track.title))}${artist}`
}

export function timesText(status: Status): string {
  const position = timeText(positionAt(status, performance.now()))
  return status.durationMs > 0 ? `${position} / ${timeText(status.durationMs)}` : position
}
