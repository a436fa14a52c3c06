// Commands of what plays: play, pause, seek, wind, shuffle …, and when it stops by itself. What to play: play-items.ts.

import { child, type EndpointName } from '../../protocol/index.ts'
import { askOwn } from '../talk/own-api.ts'
import type { HostSession, Query } from '../talk/session.ts'
import { type RepeatMode, repeatModes, type WindDirection } from './now-playing.ts'
import type { ReplayGainMode } from './status.ts'

export interface CommandOptions {
  readonly signal?: AbortSignal | undefined
}

/** What the watcher wants to know of: after these some hosts say nothing by themselves. */
export type CommandListener = () => void

/** Every command resolves when the host has answered it. */
export function controlling(session: HostSession, afterCommand: CommandListener) {
  const command =
    (name: EndpointName) =>
    async ({ signal }: CommandOptions = {}): Promise<void> => {
      await session.command(name, [], { signal })
      afterCommand()
    }
  const setProperty = async (query: Query, { signal }: CommandOptions = {}): Promise<void> => {
    await session.command('setproperty', query, { signal })
    afterCommand()
  }

  return {
    /** Plays or goes on playing. NOTHING_TO_PLAY or HOST_REFUSED with an empty queue. */
    play: command('play'),
    /** Pauses; a paused host stays paused. */
    async pause(options: CommandOptions = {}): Promise<void> {
      // OwnTone takes discrete-pause for a toggle; `pause` pauses everywhere.
      await session.command('pause', [], options)
      afterCommand()
    },
    toggle: command('playpause'),
    stop: command('stop'),
    next: command('nextitem'),
    /** The song before, or this one from its start when it has played for a while. */
    previous: command('previtem'),
    /** Fast through the song, until `endWind`; a host ends it by itself when its remote has vanished. */
    async wind(direction: WindDirection, options: CommandOptions = {}): Promise<void> {
      await session.command(direction === 'forward' ? 'beginff' : 'beginrew', [], options)
      afterCommand()
    },
    endWind: command('playresume'),
    /** In ms from the start of the song. */
    seek: (positionMs: number, options?: CommandOptions) =>
      setProperty([['dacp.playingtime', String(Math.max(0, Math.round(positionMs)))]], options),
    setShuffle: (isShuffled: boolean, options?: CommandOptions) =>
      setProperty([['dacp.shufflestate', isShuffled ? '1' : '0']], options),
    /** On a host of our own in one turn, so that two taps at once are two. */
    async toggleShuffle(options: CommandOptions = {}): Promise<void> {
      if (session.facts.quirks.hasApi) return command('shuffleSongs')(options)
      const properties: Query = [['properties', 'dacp.shufflestate']]
      const answer = await session.tree('getproperty', 'cmgt', {}, properties, options)
      await setProperty([['dacp.shufflestate', child(answer, 'cash') === 1 ? '0' : '1']], options)
    },
    setRepeat: (repeat: RepeatMode, options?: CommandOptions) =>
      setProperty([['dacp.repeatstate', String(repeatModes.indexOf(repeat))]], options),
    /**
     * Pauses by itself after a time, or when this song ends; undefined: no more. HOST_REFUSED on other hosts, as
     * for ReplayGain.
     */
    async setSleepTimer(
      timer: { readonly afterMs: number } | 'endOfSong' | undefined,
      { signal }: CommandOptions = {},
    ): Promise<void> {
      const call = { path: '/api/playback/sleep', key: 'playRevision', signal } as const
      if (timer === undefined) await askOwn(session, 'clearSleepTimer', 'DELETE', call)
      else {
        const body = timer === 'endOfSong' ? {} : { afterMs: Math.round(timer.afterMs) }
        await askOwn(session, 'setSleepTimer', 'POST', { ...call, body })
      }
      afterCommand()
    },
    async setReplayGain(mode: ReplayGainMode, { signal }: CommandOptions = {}): Promise<void> {
      const call = { path: '/api/playback/replay-gain', key: 'playRevision', body: { mode }, signal } as const
      await askOwn(session, 'setReplayGain', 'POST', call)
      afterCommand()
    },
  }
}
