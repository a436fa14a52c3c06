// The library: scans, ranked search, smart playlists, exports.

import { Type } from 'typebox'
import type { ApiRoute } from './route.ts'
import { album, artist, count, revisions, scanProgress, smartDefinition, song } from './values.ts'

const folders = Type.Object({
  folders: Type.Array(Type.String()),
  /** By flags or the environment, which come before the configuration file: with the next start they are back. */
  areNamedAtStart: Type.Boolean(),
})

export const libraryRoutes = {
  folders: {
    method: 'GET',
    path: '/api/folders',
    who: 'owner',
    purpose: 'Where the music lies.',
    answer: folders,
  },
  setFolders: {
    method: 'POST',
    path: '/api/folders',
    who: 'owner',
    purpose:
      'Other music folders, by absolute paths; none: the usual one. They are kept in the configuration file, and a scan begins. FOLDER_MISSING, BAD_SETTING.',
    body: Type.Object({
      folders: Type.Array(Type.String({ minLength: 1, maxLength: 4096 }), { maxItems: 100 }),
    }),
    answer: Type.Object({ ...folders.properties, ...revisions.properties }),
  },
  foldersInside: {
    method: 'GET',
    path: '/api/folders/inside',
    who: 'owner',
    purpose:
      'The folders in a folder, for choosing one: names in order, hidden ones left out, 500 at most. Without `path` those of the user. FOLDER_MISSING.',
    query: Type.Object({ path: Type.Optional(Type.String({ minLength: 1, maxLength: 4096 })) }),
    answer: Type.Object({ path: Type.String(), names: Type.Array(Type.String()) }),
  },
  scan: {
    method: 'GET',
    path: '/api/scan',
    who: 'session',
    purpose: 'How far the scan is, and what the last one found.',
    answer: scanProgress,
  },
  startScan: {
    method: 'POST',
    path: '/api/scan',
    who: 'owner',
    purpose:
      'Starts a scan, or joins the one that runs; answers without waiting for its end. A full one reads every file again; `folder` limits it to a folder in the library. NOT_IN_LIBRARY.',
    body: Type.Object({
      isFull: Type.Optional(Type.Boolean()),
      folder: Type.Optional(Type.String({ minLength: 1, maxLength: 4096 })),
    }),
    answer: Type.Object({ ...scanProgress.properties, ...revisions.properties }),
  },
  cancelScan: {
    method: 'DELETE',
    path: '/api/scan',
    who: 'owner',
    purpose: 'Calls off the scan that runs. What it has read is kept: the next one goes on from there.',
    answer: Type.Object({ ...scanProgress.properties, ...revisions.properties }),
  },
  scanFailures: {
    method: 'GET',
    path: '/api/scan/failures',
    who: 'owner',
    purpose: 'Files that could not be read, each with its reason.',
    answer: Type.Object({
      failures: Type.Array(Type.Object({ path: Type.String(), reason: Type.String() })),
    }),
  },

  lyrics: {
    method: 'GET',
    path: '/api/songs/{id}/lyrics',
    who: 'session',
    purpose:
      'The words of a song, as its file has them; `lines` where it also says when each is sung. Empty for a song without.',
    answer: Type.Object({
      text: Type.String(),
      lines: Type.Array(Type.Object({ atMs: count, text: Type.String() })),
    }),
  },
  search: {
    method: 'GET',
    path: '/api/search',
    who: 'session',
    purpose:
      'Ranked search: every word by its beginning, anywhere in title, artist, album or composer, best first. With `groups` also so many albums at most that have all the words somewhere in title or album artist, by artist, and album artists by name.',
    query: Type.Object({
      text: Type.String({ maxLength: 500 }),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
      groups: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    }),
    answer: Type.Object({
      songs: Type.Array(song),
      total: count,
      albums: Type.Optional(Type.Array(album)),
      artists: Type.Optional(Type.Array(artist)),
      libraryRevision: count,
    }),
  },

  makeSmartPlaylist: {
    method: 'POST',
    path: '/api/playlists/smart',
    who: 'session',
    purpose: 'Makes a playlist that finds its songs by rules (TOML, docs/smart-playlists.md). BAD_RULES.',
    body: Type.Object({ definition: smartDefinition }),
    answer: Type.Object({ id: count, ...revisions.properties }),
  },
  previewSmartPlaylist: {
    method: 'POST',
    path: '/api/playlists/smart/preview',
    who: 'session',
    purpose:
      'What rules find now, for an editor: nothing is kept. `songs` are the first of them, `songCount` all that the playlist would have, `matchCount` without its limit. BAD_RULES.',
    body: Type.Object({
      definition: smartDefinition,
      limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 500 })),
    }),
    answer: Type.Object({
      songs: Type.Array(song),
      songCount: count,
      matchCount: count,
      durationMs: count,
      libraryRevision: count,
    }),
  },
  playlistRules: {
    method: 'GET',
    path: '/api/playlists/{id}/rules',
    who: 'session',
    purpose: 'The rules of a smart playlist. NOT_FOUND for one without.',
    answer: Type.Object({ definition: Type.String() }),
  },
  setPlaylistRules: {
    method: 'POST',
    path: '/api/playlists/{id}/rules',
    who: 'session',
    purpose:
      'Gives a smart playlist other rules, and the name that stands in them. BAD_RULES, PLAYLIST_NOT_EDITABLE.',
    body: Type.Object({ definition: smartDefinition }),
    answer: revisions,
  },
  exportPlaylist: {
    method: 'GET',
    path: '/api/playlists/{id}/export',
    who: 'owner',
    purpose: 'A playlist as the text of an M3U8 file, with the paths of this machine.',
    answer: Type.Object({ name: Type.String(), m3u8: Type.String() }),
  },
} as const satisfies Record<string, ApiRoute>
