// What plays, with the volume: read on demand, and never older than what was read before.

import { child } from '../../protocol/index.ts'
import type { Song } from '../library/items.ts'
import type { HostSession } from '../talk/session.ts'
import { type NowPlaying, nowPlayingOf, positionAt } from './now-playing.ts'

export const replayGainModes = ['off', 'track', 'album'] as const
export type ReplayGainMode = (typeof replayGainModes)[number]
/** When the music stops by itself: at a moment of the reader's clock (`Clock.nowMs`), or with this song. */
export type SleepState = { readonly atMs: number } | 'endOfSong'

export interface Status extends NowPlaying {
  readonly volumePercent: number
  /** Why the last song was skipped, in the host's words; only our own hosts say it. */
  readonly notice: string | undefined
  /** What only our own hosts say. */
  readonly own: OwnStatus | undefined
}

export interface OwnStatus {
  /** All of the song that plays: its rating, whose it is. */
  readonly song: Song | undefined
  /** `volumePercent` is then 0. */
  readonly isMuted: boolean
  readonly sleep: SleepState | undefined
  readonly replayGain: ReplayGainMode
  /** What was started, in words. */
  readonly from: string | undefined
  /** The last edit of the queue in words, while `undo` can take it back. */
  readonly undoable: string | undefined
  /** A queue, and a list of speakers, that was read at an earlier play revision is to be read again. */
  readonly queueRevision: number
  readonly speakersRevision: number
}

/** Below 2, no host waits: it answers at once (docs/protocol/dacp-control.md, section 4). */
export const askAtOnce = 1

/** One request that may hang for as long as nothing changes. */
export async function askNowPlaying(
  session: HostSession,
  revision: number,
  signal: AbortSignal | undefined,
): Promise<NowPlaying> {
  const tree = await session.tree(
    'playstatusupdate',
    'cmst',
    {},
    [['revision-number', String(revision)]],
    revision <= askAtOnce ? { signal } : { signal, timeoutMs: Number.POSITIVE_INFINITY },
  )
  return nowPlayingOf(tree, session.clock.nowMs())
}

/** `cmst` carries no volume, so it is asked for after each. */
export async function withVolume(
  session: HostSession,
  nowPlaying: NowPlaying,
  signal: AbortSignal | undefined,
): Promise<Status> {
  const tree = await session.tree('getproperty', 'cmgt', {}, [['properties', 'dmcp.volume']], { signal })
  return { ...nowPlaying, volumePercent: child(tree, 'cmvo') ?? 0, notice: undefined, own: undefined }
}

/** Answers overtake each other: the newest state stays. Revisions of different logins are not compared. */
export class NewestStatus {
  #last: { epoch: number; status: Status } | undefined

  /** The given one, or the one that is newer; what to show is what comes back. */
  accept(epoch: number, status: Status): Status {
    const last = this.#last
    if (last && (epoch < last.epoch || (epoch === last.epoch && status.revision < last.status.revision)))
      return last.status
    this.#last = { epoch, status }
    return status
  }
}

/** What two readings of an unchanged host may differ in, ms: the time the answers were under way. */
const positionSlackMs = 1000

/** Whether a person would see the same. */
export function looksSame(one: Status, other: Status): boolean {
  return (
    one.state === other.state &&
    one.winding === other.winding &&
    one.isShuffled === other.isShuffled &&
    one.repeat === other.repeat &&
    one.volumePercent === other.volumePercent &&
    one.durationMs === other.durationMs &&
    one.notice === other.notice &&
    one.track?.songId === other.track?.songId &&
    one.track?.title === other.track?.title &&
    Math.abs(positionAt(one, other.readAtMs) - other.positionMs) < positionSlackMs
  )
}
