// What plays, as our own hosts say it in JSON. Field by field, since it came over the network.

import type { ApiPlayback } from '../../protocol/index.ts'
import { songOfApi } from '../library/items.ts'
import { numberOr0, textOr } from '../talk/json.ts'
import { askOwn } from '../talk/own-api.ts'
import type { HostSession } from '../talk/session.ts'
import { type NowPlayingTrack, playStates, repeatModes, windDirections } from './now-playing.ts'
import { replayGainModes, type SleepState, type Status } from './status.ts'

/** All of it in one answer, of one moment. */
export async function askOwnStatus(session: HostSession, signal: AbortSignal | undefined): Promise<Status> {
  const { playback, playRevision } = await askOwn(session, 'playback', 'GET', {
    path: '/api/playback',
    key: 'playback',
    signal,
  })
  return statusOf(playback, numberOr0(playRevision), session.clock.nowMs())
}

export function statusOf(playback: Partial<ApiPlayback>, revision: number, readAtMs: number): Status {
  const state = playStates.find((known) => known === playback.state) ?? 'stopped'
  const durationMs = numberOr0(playback.durationMs)
  return {
    revision,
    state,
    winding: windDirections.find((known) => known === playback.winding),
    positionMs: numberOr0(playback.positionMs),
    durationMs,
    readAtMs,
    isShuffled: playback.shuffle === true,
    repeat: repeatModes.find((known) => known === playback.repeat) ?? 'off',
    canSeek: state !== 'stopped' && durationMs > 0,
    track: state === 'stopped' || !playback.track ? null : trackOf(playback.track),
    volumePercent: numberOr0(playback.volumePercent),
    notice: wordsIn(playback.notice),
    own: {
      song: state === 'stopped' || !playback.track ? undefined : songOfApi(playback.track),
      isMuted: playback.muted === true,
      sleep: sleepOf(playback.sleep, readAtMs),
      replayGain: replayGainModes.find((known) => known === playback.replayGain) ?? 'off',
      from: wordsIn(playback.contextName),
      undoable: wordsIn(playback.undoable),
      queueRevision: numberOr0(playback.queueRevision),
      speakersRevision: numberOr0(playback.outputsRevision),
    },
  }
}

function trackOf(song: Partial<ApiPlayback['track'] & object>): NowPlayingTrack {
  const { title, artist, album, genre, id, albumId } = songOfApi(song)
  return { title, artist, album, genre, songId: id, albumId }
}

function sleepOf(sleep: ApiPlayback['sleep'] | undefined, readAtMs: number): SleepState | undefined {
  if (sleep === 'endOfSong') return sleep
  return sleep ? { atMs: readAtMs + numberOr0(sleep.remainingMs) } : undefined
}

function wordsIn(value: unknown): string | undefined {
  return textOr(value) || undefined
}
