import { homedir } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { KnownError } from '../../errors.ts'
import type { libraryRoutes } from '../../protocol/api.ts'
import type { ApiParts } from './api-parts.ts'
import type { HandlersOf } from './call.ts'
import { foldersInside } from './folders-inside.ts'
import { groupsNamed } from './groups-named.ts'
import { progressOf, revisionsOf, songOf } from './shapes.ts'

/** Hits of a search, songs of a preview when no limit is named. */
const ordinaryLimit = 50

/** Who calls a scan off is told when it has ended; one that hangs in a dead share ends later. */
const longestCancelMs = 2000

export const libraryHandlers: HandlersOf<typeof libraryRoutes> = {
  folders({ parts }) {
    return foldersOf(parts)
  },

  async setFolders({ body, parts }) {
    const { folderChoice, library } = parts
    if (!folderChoice)
      throw new KnownError('BAD_SETTING', { setting: 'folders', problem: 'it cannot be changed here' })
    library.setFolders(await folderChoice.change(body.folders))
    return { ...foldersOf(parts), ...revisionsOf(parts) }
  },

  foldersInside({ query: { path } }) {
    return foldersInside(path ?? homedir())
  },

  scan({ parts: { library } }) {
    return progressOf(library.progress)
  },

  async startScan({ body, parts }) {
    const { library, log } = parts
    const scanning = library.scan({ isFull: body.isFull ?? false, folder: body.folder })
    scanning.catch((error: unknown) => {
      if (!(error instanceof KnownError)) log.error('a scan failed', { error })
    })
    await Promise.race([scanning, setImmediate()]) // what it refuses, it refuses at once
    return { ...progressOf(library.progress), ...revisionsOf(parts) }
  },

  async cancelScan({ parts }) {
    const { clock, library } = parts
    const waiting = new AbortController()
    const late = clock.until(clock.nowMs() + longestCancelMs, waiting.signal).catch(() => {}) // it has ended
    await Promise.race([library.cancelScan(), late])
    waiting.abort()
    return { ...progressOf(parts.library.progress), ...revisionsOf(parts) }
  },

  scanFailures({ parts: { library } }) {
    return { failures: library.failures().map(({ path, reason }) => ({ path, reason })) }
  },

  async lyrics({ params, parts: { library } }) {
    const id = Number(params['id'])
    if (library.view.song(id) === undefined) throw new KnownError('NOT_FOUND', { song: id })
    const { text, lines } = (await library.lyrics(id)) ?? { text: '', lines: [] }
    return { text, lines: [...lines] }
  },

  search({ query: { text, limit = ordinaryLimit, groups }, parts: { library } }) {
    const { view } = library
    const { songs, total } = view.search(text, limit)
    const named = groups === undefined ? {} : groupsNamed(view, text, groups)
    return { songs: songs.map(songOf), total, ...named, libraryRevision: view.revision }
  },

  makeSmartPlaylist({ body, parts }) {
    const id = parts.library.playlists.makeSmart(body.definition)
    return { id, ...revisionsOf(parts) }
  },

  previewSmartPlaylist({ body: { definition, limit = ordinaryLimit }, parts: { library } }) {
    const { view } = library
    const { songIds, songCount, matchCount, durationMs } = library.playlists.preview(definition, limit)
    const songs = songIds.flatMap((id) => view.song(id) ?? [])
    return {
      songs: songs.map(songOf),
      songCount,
      matchCount,
      durationMs: Math.round(durationMs),
      libraryRevision: view.revision,
    }
  },

  playlistRules({ params, parts: { library } }) {
    const definition = library.playlists.definition(playlistIdOf(params))
    if (definition === undefined) throw new KnownError('NOT_FOUND', { reason: 'it has no rules' })
    return { definition }
  },

  setPlaylistRules({ params, body, parts }) {
    parts.library.playlists.redefine(playlistIdOf(params), body.definition)
    return revisionsOf(parts)
  },

  exportPlaylist({ params, parts: { library } }) {
    const id = playlistIdOf(params)
    const name = library.view.playlist(id)?.name
    if (name === undefined) throw new KnownError('NOT_FOUND', { playlist: id })
    return { name, m3u8: library.playlists.exportM3u8(id) }
  },
}

function foldersOf({ library, folderChoice }: ApiParts) {
  return { folders: [...library.folders], areNamedAtStart: folderChoice?.areNamedAtStart ?? true }
}

function playlistIdOf(params: Readonly<Record<string, string>>): number {
  const id = Number(params['id'])
  if (!Number.isInteger(id)) throw new KnownError('NOT_FOUND', { playlist: params['id'] })
  return id
}
