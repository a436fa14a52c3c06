// What one thinks of a song, what it says, and what sounds like it.

import { KnownError } from '../../errors.ts'
import { type ApiAnswer, printSpec } from '../../protocol/index.ts'
import type { CommandListener, CommandOptions } from '../playing/control.ts'
import { askOwn } from '../talk/own-api.ts'
import type { HostSession, Query } from '../talk/session.ts'
import { type Feeling, type Song, songOfApi } from './items.ts'

/** `aels`, docs/protocol/dacp-control.md, section 3. */
const feelingNumber = { neutral: 0, liked: 2, disliked: 3 } as const satisfies Record<Feeling, number>

export interface SimilarOptions extends CommandOptions {
  /** At most this many; 50 when left out. */
  readonly limit?: number
}

const usualLimit = 50

export function knowingSongs(session: HostSession, afterCommand: CommandListener) {
  async function specsOf(songId: number, signal: AbortSignal | undefined): Promise<Query> {
    const { persistentId } = await session.database(signal)
    return [
      ['database-spec', printSpec({ field: 'dmap.persistentid', id: persistentId })],
      ['item-spec', printSpec({ field: 'dmap.itemid', id: BigInt(songId) })],
    ]
  }
  async function mark(
    property: string,
    value: number,
    songId: number,
    { signal }: CommandOptions = {},
  ): Promise<void> {
    const specs = await specsOf(songId, signal)
    await session.command('setproperty', [[property, String(value)], ...specs], { signal })
    afterCommand()
  }

  return {
    /** 0 takes the rating away; 20 is a star. */
    rate: (songId: number, percent: number, options?: CommandOptions): Promise<void> =>
      mark('dacp.userrating', Math.min(100, Math.max(0, Math.round(percent))), songId, options),
    /** Liked, disliked, or neither. Hosts that keep none ignore it. */
    setFeeling: (songId: number, feeling: Feeling, options?: CommandOptions): Promise<void> =>
      mark('com.apple.itunes.liked-state', feelingNumber[feeling], songId, options),

    /** The words of a song, with times where the file has them; undefined without. Only our own hosts: HOST_REFUSED. */
    async lyrics(songId: number, { signal }: CommandOptions = {}): Promise<ApiAnswer<'lyrics'> | undefined> {
      const call = { path: `/api/songs/${songId}/lyrics`, key: 'text', signal } as const
      try {
        const lyrics = await askOwn(session, 'lyrics', 'GET', call)
        return lyrics.text === '' ? undefined : lyrics
      } catch (error) {
        if (error instanceof KnownError && error.code === 'NOT_FOUND') return undefined
        throw error
      }
    },

    /** Songs like this one, best first. Only our own hosts list them; HOST_REFUSED elsewhere. */
    async similarSongs(
      songId: number,
      { limit = usualLimit, signal }: SimilarOptions = {},
    ): Promise<readonly Song[]> {
      const { songs } = await askOwn(session, 'similarSongs', 'GET', {
        path: `/api/songs/${songId}/similar`,
        query: [['limit', String(limit)]],
        key: 'songs',
        signal,
      })
      return songs.map(songOfApi)
    },
    /** This song, and behind it songs like it: Genius, where a host has one. */
    async playSimilar(songId: number, { signal }: CommandOptions = {}): Promise<void> {
      await session.command('setGeniusSeed', await specsOf(songId, signal), { signal })
      afterCommand()
    },
    /** A mix that the host chooses by itself. */
    async playGeniusMix({ signal }: CommandOptions = {}): Promise<void> {
      await session.command('geniusShuffle', [], { signal })
      afterCommand()
    },
  }
}
