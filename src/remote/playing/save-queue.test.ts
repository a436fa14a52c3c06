import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownError } from '../../errors.ts'
import type { PlayQueue } from './queue-song.ts'
import { savingQueue } from './save-queue.ts'
import type { Status } from './status.ts'

/** A host whose songs 1 to 4 play; before each answer named in `endings` one of them ends. */
function hostOf(endings: readonly number[] = []) {
  let playing = 1
  let answers = 0
  const playlists = new Map<number, number[]>()
  const answer = async <Value>(make: () => Value): Promise<Value> => {
    answers += 1
    if (endings.includes(answers)) playing += 1
    return make()
  }
  const parts = {
    status: () => answer(() => ({ track: { songId: playing } }) as Status),
    queue: () =>
      answer(() => {
        const songs = [1, 2, 3, 4].filter((songId) => songId > playing).map((songId) => ({ songId }))
        return { songs } as unknown as PlayQueue
      }),
    async makePlaylist() {
      playlists.set(7, [])
      return 7
    },
    async addToPlaylist(id: number, songIds: unknown) {
      playlists.set(id, [...(songIds as number[])])
      return []
    },
    async removePlaylist(id: number) {
      playlists.delete(id)
    },
  }
  return { parts, playlists }
}

test('a song that ends meanwhile is neither lost nor kept twice', async () => {
  for (const [endings, kept] of [
    [[], [1, 2, 3, 4]],
    [[2], [2, 3, 4]],
    [[3], [2, 3, 4]],
    [
      [2, 4],
      [3, 4],
    ],
  ] as const) {
    const { parts, playlists } = hostOf(endings)
    await savingQueue(parts).saveQueue('Evening')
    assert.deepEqual(playlists.get(7), kept)
  }
})

test('what could not be filled is not left behind', async () => {
  const { parts, playlists } = hostOf()
  const full = new KnownError('DISK_FULL')
  const addToPlaylist = () => Promise.reject(full)

  await assert.rejects(savingQueue({ ...parts, addToPlaylist }).saveQueue('Evening'), full)

  assert.equal(playlists.size, 0)
})
