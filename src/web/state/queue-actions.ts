// The queue, edited: each change is shown at once, and the host's word follows.

import type { PlayQueue, QueueSong } from '../../remote/index.ts'
import { t } from '../messages/index.ts'
import { moved, without } from '../model/queue-order.ts'
import { undo } from './actions.ts'
import { refused } from './app.ts'
import type { HostModel } from './host.ts'
import { say, show } from './toast.ts'

async function edit(
  host: HostModel,
  shown: PlayQueue | undefined,
  send: () => Promise<void>,
): Promise<boolean> {
  if (shown) host.showQueue(shown)
  try {
    await host.during(send)
    return true
  } catch (error) {
    refused(error, host.name)
    return false
  } finally {
    void host.readQueue()
  }
}

const undoing = (host: HostModel) => ({ label: t('done.undo'), run: () => void undo(host) })

export function jumpTo(host: HostModel, song: QueueSong): void {
  void edit(host, undefined, () => host.remote.playQueueSong(song))
}

/** `to` is its new place among what comes next, from 0. */
export function moveTo(host: HostModel, song: QueueSong, to: number): void {
  const queue = host.queue.value
  if (!queue) return
  const songs = moved(queue.songs, song, to)
  const behind = songs[songs.findIndex(({ entryId }) => entryId === song.entryId) - 1]
  const position = { title: song.title, position: to + 1, count: queue.total ?? songs.length }
  say(t('queue.moved', position))
  void edit(host, { ...queue, songs }, () =>
    host.remote.moveQueueSong(song, behind && behind.offset > 0 ? behind : 0),
  )
}

export async function removeFromQueue(host: HostModel, gone: readonly QueueSong[]): Promise<void> {
  const queue = host.queue.value
  const [first] = gone
  if (!queue || !first) return
  const name = gone.length === 1 ? first.title : t('count.songs', { count: gone.length })
  if (
    await edit(host, { ...queue, songs: without(queue.songs, gone) }, () =>
      host.remote.removeQueueSongs(gone),
    )
  )
    show({ text: t('done.removed', { name }), name, action: undoing(host) })
}

export async function clearQueue(host: HostModel): Promise<void> {
  const queue = host.queue.value
  if (!queue) return
  if (
    await edit(host, { ...queue, songs: queue.songs.filter(({ offset }) => offset <= 0) }, () =>
      host.remote.clearQueue(),
    )
  )
    show({ text: t('done.cleared'), action: undoing(host) })
}

export async function saveQueue(host: HostModel, name: string): Promise<void> {
  try {
    await host.remote.saveQueue(name)
    show({ text: t('done.saved', { name }), name })
  } catch (error) {
    refused(error, host.name)
  }
  void host.readPlaylists()
}
