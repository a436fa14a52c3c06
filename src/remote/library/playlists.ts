// Playlists made and edited. Songs, names and order by DAAP's own requests, as every host has them; rules and
// exports, for which it has no word, by the API of our own hosts.

import { KnownError } from '../../errors.ts'
import { child, children, type DmapContainer, type EndpointName } from '../../protocol/index.ts'
import { askOwn } from '../talk/own-api.ts'
import type { HostSession } from '../talk/session.ts'
import { idNumber, type Playable, type Song, songOfApi } from './items.ts'
import { equals } from './queries.ts'

interface EditOptions {
  readonly signal?: AbortSignal | undefined
}

export interface SmartPreview {
  /** The first, in the playlist's order. */
  readonly songs: readonly Song[]
  /** All that the playlist would have. */
  readonly songCount: number
  /** Those that its limit leaves out as well. */
  readonly matchCount: number
  /** Of all that it would have. */
  readonly durationMs: number
}

/** Longer queries are refused by hosts. */
const songsPerRequest = 400

/** Each resolves when the host has it in safety. HOST_REFUSED with the host's words when it cannot be done. */
export function editingPlaylists(session: HostSession) {
  async function edit(
    name: Extract<EndpointName, 'databaseEdit' | 'containerEdit'>,
    action: string,
    editParams: string,
    { signal, playlistId }: EditOptions & { playlistId?: number },
  ): Promise<DmapContainer> {
    const { id } = await session.libraryIds(signal)
    const params: Record<string, string> = { database: String(id) }
    if (playlistId !== undefined) params['container'] = String(playlistId)
    const query = [
      ['action', action],
      ['edit-params', editParams],
    ] as const
    return session.tree(name, 'medc', params, query, { signal })
  }

  const editOne = (playlistId: number, action: string, editParams: string, options: EditOptions = {}) =>
    edit('containerEdit', action, editParams, { ...options, playlistId })

  /** All that was asked for, in the order asked. */
  async function songsOf(
    item: Playable | readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<string[]> {
    if ('kind' in item && item.kind !== 'playlist') return [queryOf(item)]
    const ids = 'kind' in item ? await songIdsIn(session, item.id, signal) : item
    if (ids.length === 0) throw new KnownError('NO_MATCH', { problem: 'no songs to add' })
    return Array.from({ length: Math.ceil(ids.length / songsPerRequest) }, (_, index) =>
      ids
        .slice(index * songsPerRequest, (index + 1) * songsPerRequest)
        .map((id) => equals('dmap.itemid', id))
        .join(','),
    )
  }

  return {
    /** An empty one; its id. */
    async makePlaylist(name: string, options: EditOptions = {}): Promise<number> {
      const answer = await edit('databaseEdit', 'add', equals('dmap.itemname', name), options)
      const id = child(answer, 'miid')
      if (id === undefined) throw new KnownError('BAD_ANSWER', { problem: 'no id of the new playlist' })
      return id
    },
    async removePlaylist(playlistId: number, options: EditOptions = {}): Promise<void> {
      await edit('databaseEdit', 'remove', equals('dmap.itemid', playlistId), options)
    },
    async renamePlaylist(playlistId: number, name: string, options?: EditOptions): Promise<void> {
      await editOne(playlistId, 'rename', equals('dmap.itemname', name), options)
    },
    /** At its end: a song, an album, what an artist made, another playlist, or songs by their ids; the new entries. */
    async addToPlaylist(
      playlistId: number,
      item: Playable | readonly number[],
      options: EditOptions = {},
    ): Promise<readonly number[]> {
      const entryIds: number[] = []
      for (const query of await songsOf(item, options.signal)) {
        const answer = await editOne(playlistId, 'add', query, options)
        entryIds.push(...children(answer, 'mlit').map((entry) => child(entry, 'mcti') ?? 0))
      }
      return entryIds
    },
    /** By `playlistEntryId` of the songs in it. */
    async removeFromPlaylist(
      playlistId: number,
      entryIds: readonly number[],
      options?: EditOptions,
    ): Promise<void> {
      for (let at = 0; at < entryIds.length; at += songsPerRequest) {
        const some = entryIds.slice(at, at + songsPerRequest)
        const query = some.map((id) => equals('dmap.containeritemid', id)).join(',')
        await editOne(playlistId, 'remove', query, options)
      }
    },
    /** An entry goes behind another one; to the beginning behind 0. */
    async moveInPlaylist(
      playlistId: number,
      entryId: number,
      behindEntryId: number,
      options?: EditOptions,
    ): Promise<void> {
      await editOne(playlistId, 'move', `'edit-param.move-pair:${entryId},${behindEntryId}'`, options)
    },

    /** One that finds its songs by rules: TOML as docs/smart-playlists.md has it; its id. BAD_RULES. */
    async makeSmartPlaylist(definition: string, { signal }: EditOptions = {}): Promise<number> {
      const options = { path: '/api/playlists/smart', key: 'id', body: { definition }, signal } as const
      return Number((await askOwn(session, 'makeSmartPlaylist', 'POST', options)).id)
    },
    /** What such rules find now; nothing is kept. `count`: the first songs, 50 when left out. BAD_RULES. */
    async previewSmartPlaylist(
      definition: string,
      { count, signal }: EditOptions & { readonly count?: number } = {},
    ): Promise<SmartPreview> {
      const { songs, songCount, matchCount, durationMs } = await askOwn(
        session,
        'previewSmartPlaylist',
        'POST',
        {
          path: '/api/playlists/smart/preview',
          key: 'songs',
          body: { definition, ...(count === undefined ? {} : { limit: count }) },
          signal,
        },
      )
      return { songs: songs.map(songOfApi), songCount, matchCount, durationMs }
    },
    /** TOML, as it was written down. NOT_FOUND where there are none. */
    async playlistRules(playlistId: number, { signal }: EditOptions = {}): Promise<string> {
      const options = { path: `/api/playlists/${playlistId}/rules`, key: 'definition', signal } as const
      return String((await askOwn(session, 'playlistRules', 'GET', options)).definition)
    },
    async setPlaylistRules(
      playlistId: number,
      definition: string,
      { signal }: EditOptions = {},
    ): Promise<void> {
      await askOwn(session, 'setPlaylistRules', 'POST', {
        path: `/api/playlists/${playlistId}/rules`,
        key: 'libraryRevision',
        body: { definition },
        signal,
      })
    },
    /** Text of an M3U8 file with the paths on the host's machine: for its owner. NOT_OWNER. */
    async exportPlaylist(playlistId: number, { signal }: EditOptions = {}): Promise<string> {
      const options = { path: `/api/playlists/${playlistId}/export`, key: 'm3u8', signal } as const
      return String((await askOwn(session, 'exportPlaylist', 'GET', options)).m3u8)
    },
  }
}

function queryOf(item: Exclude<Playable, { kind: 'playlist' }>): string {
  if (item.kind === 'song') return equals('dmap.itemid', item.id)
  return equals(item.kind === 'album' ? 'daap.songalbumid' : 'daap.songartistid', idNumber(item.id))
}

async function songIdsIn(
  session: HostSession,
  playlistId: number,
  signal: AbortSignal | undefined,
): Promise<number[]> {
  const { id } = await session.libraryIds(signal)
  const params = { database: String(id), container: String(playlistId) }
  const query = [
    ['meta', 'dmap.itemid'],
    ['sort', 'physical'],
  ] as const
  const tree = await session.tree('containerItems', 'apso', params, query, { signal })
  return children(child(tree, 'mlcl') ?? [], 'mlit').map((song) => child(song, 'miid') ?? 0)
}
