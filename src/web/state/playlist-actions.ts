// Playlists, made and edited. What was asked is shown at once; a playlist that is deleted comes back by Undo.

import type { Playable, Playlist, Song } from '../../remote/index.ts'
import { t } from '../messages/index.ts'
import { refused } from './app.ts'
import type { HostModel } from './host.ts'
import { go } from './route.ts'
import { show } from './toast.ts'

/** Those a person has or may have made: not the ones that every library has, such as Music. */
export function listedPlaylists(host: HostModel): readonly Playlist[] {
  return (host.playlists.value ?? []).filter(
    ({ isBase, specialKind, isFolder }) => !isBase && specialKind === 0 && !isFolder,
  )
}

export const editablePlaylists = (host: HostModel): readonly Playlist[] =>
  listedPlaylists(host).filter(({ isEditable, isSmart }) => isEditable && !isSmart)

/** Whether it was done; refusals are said. */
async function edit(host: HostModel, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    refused(error, host.name)
    return false
  } finally {
    void host.readPlaylists()
  }
}

export async function makePlaylist(
  host: HostModel,
  name: string,
  songs: readonly Song[] | Playable = [],
): Promise<number | undefined> {
  let id: number | undefined
  await edit(host, async () => {
    id = await host.remote.makePlaylist(name)
    await addAll(host, id, songs)
  })
  return id
}

export async function addToPlaylist(
  host: HostModel,
  playlist: Playlist,
  songs: readonly Song[] | Playable,
  name: string,
): Promise<void> {
  let added: readonly number[] = []
  const isDone = await edit(host, async () => {
    added = await addAll(host, playlist.id, songs)
  })
  host.lists.playlistSongs(playlist.id).refresh()
  if (!isDone) return
  const undo = () =>
    void edit(host, () => host.remote.removeFromPlaylist(playlist.id, added)).then(() =>
      host.lists.playlistSongs(playlist.id).refresh(),
    )
  show({
    text: t('done.added', { name, playlist: playlist.name }),
    name: playlist.name,
    action: { label: t('done.undo'), run: undo },
  })
}

async function addAll(
  host: HostModel,
  playlistId: number,
  songs: readonly Song[] | Playable,
): Promise<readonly number[]> {
  if ('kind' in songs) return host.remote.addToPlaylist(playlistId, songs)
  return songs.length === 0
    ? []
    : host.remote.addToPlaylist(
        playlistId,
        songs.map(({ id }) => id),
      )
}

export async function renamePlaylist(host: HostModel, playlist: Playlist, name: string): Promise<void> {
  const wanted = name.trim()
  if (wanted === '' || wanted === playlist.name) return
  await edit(host, () => host.remote.renamePlaylist(playlist.id, wanted))
}

export async function deletePlaylist(host: HostModel, playlist: Playlist): Promise<void> {
  let songs: readonly Song[] = []
  let rules: string | undefined
  const isDone = await edit(host, async () => {
    if (playlist.isSmart) rules = await host.remote.playlistRules(playlist.id)
    else songs = (await host.remote.playlistSongs(playlist.id)).items
    await host.remote.removePlaylist(playlist.id)
  })
  if (!isDone) return
  go('playlists')
  const undo = () => {
    if (rules === undefined) void makePlaylist(host, playlist.name, songs)
    else void edit(host, () => host.remote.makeSmartPlaylist(rules ?? ''))
  }
  show({
    text: t('done.deleted', { name: playlist.name }),
    name: playlist.name,
    action: { label: t('done.undo'), run: undo },
  })
}

export async function removeSongs(
  host: HostModel,
  playlist: Playlist,
  songs: readonly Song[],
): Promise<void> {
  const [first] = songs
  const list = host.lists.playlistSongs(playlist.id)
  const entryIds = songs.flatMap(({ playlistEntryId }) =>
    playlistEntryId === undefined ? [] : [playlistEntryId],
  )
  if (!first || !(await edit(host, () => host.remote.removeFromPlaylist(playlist.id, entryIds))))
    return list.refresh()
  list.refresh()
  const name = songs.length === 1 ? first.title : t('count.songs', { count: songs.length })
  const undo = () => {
    void edit(host, () => addAll(host, playlist.id, songs)).then(list.refresh)
  }
  show({ text: t('done.removed', { name }), name, action: { label: t('done.undo'), run: undo } })
}

/** From one place to another, both from 0. */
export async function moveSong(
  host: HostModel,
  playlist: Playlist,
  songs: readonly Song[],
  from: number,
  to: number,
): Promise<void> {
  const entry = songs[from]?.playlistEntryId
  const others = songs.filter((_, index) => index !== from)
  const behind = to === 0 ? 0 : others[to - 1]?.playlistEntryId
  if (entry === undefined || behind === undefined) return
  await edit(host, () => host.remote.moveInPlaylist(playlist.id, entry, behind))
  host.lists.playlistSongs(playlist.id).refresh()
}
