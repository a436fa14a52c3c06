// The queue, kept as a playlist.

import { KnownError } from '../../errors.ts'
import type { editingPlaylists } from '../library/playlists.ts'
import type { CommandOptions } from './control.ts'
import type { queueing } from './queue.ts'
import type { Status } from './status.ts'

/** As much as a queue may hold. */
const wholeQueue = 100_000
/** Songs end one after the other at most. */
const mostTries = 5

interface Parts
  extends Pick<ReturnType<typeof editingPlaylists>, 'makePlaylist' | 'addToPlaylist' | 'removePlaylist'>,
    Pick<ReturnType<typeof queueing>, 'queue'> {
  status(options: CommandOptions): Promise<Status>
}

export function savingQueue({ status, queue, makePlaylist, addToPlaylist, removePlaylist }: Parts) {
  /** What plays, and what comes next, of one moment: between two answers a song may have ended. */
  async function songsNow(options: CommandOptions): Promise<number[]> {
    let { track } = await status(options)
    for (let tries = 0; ; tries += 1) {
      const { songs } = await queue({ span: wholeQueue, ...options })
      const after = (await status(options)).track
      if (after?.songId === track?.songId || tries === mostTries)
        return [after?.songId, ...songs.map(({ songId }) => songId)].filter((id) => id !== undefined)
      track = after
    }
  }

  return {
    /** Makes a playlist of the song that plays and all that comes next. NOTHING_TO_PLAY; NO_QUEUE. */
    async saveQueue(
      name: string,
      options: CommandOptions = {},
    ): Promise<{ readonly playlistId: number; readonly songCount: number }> {
      const songIds = await songsNow(options)
      if (songIds.length === 0) throw new KnownError('NOTHING_TO_PLAY')
      const playlistId = await makePlaylist(name, options)
      try {
        await addToPlaylist(playlistId, songIds, options)
      } catch (error) {
        await removePlaylist(playlistId).catch(() => {}) // an empty one is nobody's wish
        throw error
      }
      return { playlistId, songCount: songIds.length }
    },
  }
}
