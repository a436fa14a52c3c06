// The queue, kept as a playlist.

import { KnownError } from '../../errors.ts'
import type { editingPlaylists } from '../library/playlists.ts'
import type { CommandOptions } from './control.ts'
import type { queueing } from './queue.ts'
import type { Status } from './status.ts'

/** As much as a queue may hold. */
const wholeQueue = 100_000

interface Parts
  extends Pick<ReturnType<typeof editingPlaylists>, 'makePlaylist' | 'addToPlaylist'>,
    Pick<ReturnType<typeof queueing>, 'queue'> {
  status(options: CommandOptions): Promise<Status>
}

export function savingQueue({ status, queue, makePlaylist, addToPlaylist }: Parts) {
  return {
    /** Makes a playlist of the song that plays and all that comes next. NOTHING_TO_PLAY; NO_QUEUE. */
    async saveQueue(
      name: string,
      options: CommandOptions = {},
    ): Promise<{ readonly playlistId: number; readonly songCount: number }> {
      const [{ track }, { songs }] = await Promise.all([
        status(options),
        queue({ span: wholeQueue, ...options }),
      ])
      const songIds = [track?.songId, ...songs.map(({ songId }) => songId)].filter((id) => id !== undefined)
      if (songIds.length === 0) throw new KnownError('NOTHING_TO_PLAY')
      const playlistId = await makePlaylist(name, options)
      await addToPlaylist(playlistId, songIds, options)
      return { playlistId, songCount: songIds.length }
    },
  }
}
