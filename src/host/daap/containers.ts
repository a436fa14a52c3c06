import type { Playlist } from '../../library/index.ts'
import { type ContentCode, type DmapNode, encode } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { countNodes, windowOf } from './list-window.ts'
import { wantedCodes } from './meta.ts'
import { requireMainDatabase } from './path-ids.ts'
import { playlistMatches } from './playlist-filter.ts'

/** What `meta` can choose; counts, the parent and the mark of the base playlist are always sent. */
const chosen: ReadonlySet<ContentCode> = new Set([
  'miid',
  'mper',
  'minm',
  'aePS',
  'aeSP',
  'aePP',
  'meds',
  'f\x8dch',
])
/** aePS of the Podcasts playlist. */
const podcasts = 1

/**
 * The playlists, the base one first.
 *
 * Request GET /databases/1/containers?meta=…&query=…&index=…
 * Answers `aply`. `abpl` on the base playlist whatever is asked for: Apple Music stops without it.
 * Source  docs/protocol/daap-library.md, section 4.
 */
export const containers: Endpoint = ({ params, query, library }) => {
  requireMainDatabase(params['database'])
  const asked: Asked = {
    query: query.get('query') ?? query.get('filter'),
    index: query.get('index'),
    meta: query.get('meta'),
  }
  return { dmap: encodedOnce(library.view.playlists(), asked) }
}

interface Asked {
  readonly query: string | undefined
  readonly index: string | undefined
  readonly meta: string | undefined
}

/** By the playlists of a view, which never change, and what was asked: every remote asks for the same, again and again. */
const encoded = new WeakMap<readonly Playlist[], Map<string, Uint8Array>>()
/** Clients ask in a handful of ways. */
const mostEncoded = 16

function encodedOnce(playlists: readonly Playlist[], asked: Asked): Uint8Array {
  const known = encoded.get(playlists) ?? new Map<string, Uint8Array>()
  const key = JSON.stringify([asked.query, asked.index, asked.meta])
  const found = known.get(key)
  if (found) return found
  const bytes = encode(answer(playlists, asked))
  if (known.size >= mostEncoded) known.clear()
  encoded.set(playlists, known.set(key, bytes))
  return bytes
}

function answer(all: readonly Playlist[], { query, index, meta }: Asked): DmapNode {
  const playlists = all.filter(playlistMatches(query))
  const window = windowOf(index, playlists.length)
  const wanted = wantedCodes(meta, chosen) ?? chosen
  return [
    'aply',
    [
      ...countNodes(playlists.length, window),
      [
        'mlcl',
        playlists
          .slice(window.from, window.to)
          .map((playlist): DmapNode => ['mlit', playlistNodes(playlist, wanted)]),
      ],
    ],
  ]
}

function playlistNodes(playlist: Playlist, wanted: ReadonlySet<ContentCode>): DmapNode[] {
  const { kind, specialNumber } = playlist
  // iTunes marks the special ones as smart too.
  const isSmart = kind === 'smart' || kind === 'special'
  const choice: DmapNode[] = [
    ['miid', playlist.id],
    ['mper', playlist.persistentId],
    ['minm', playlist.name],
    ['aePS', specialNumber],
    ['aeSP', Number(isSmart)],
    ['aePP', Number(specialNumber === podcasts)],
    ['meds', editCommands(playlist)],
    ['f\x8dch', Number(kind === 'folder')],
  ]
  return [
    ...choice.filter(([code, value]) => wanted.has(code as ContentCode) && value),
    ['mimc', playlist.songCount],
    ['mpco', playlist.parentId],
    ...(kind === 'base' ? ([['abpl', 1]] as const) : []),
  ]
}

/** Bit masks that iTunes sends for playlists of a kind (docs/protocol/daap-library.md, section 4); 0: not editable. */
const commandsOf = { ordinary: 103, smart: 100, recent: 100, top: 96 } as const

function editCommands({ editing, gathers }: Playlist): number {
  if (editing === 'none') return 0
  return editing === 'songs' ? commandsOf.ordinary : commandsOf[gathers ?? 'smart']
}
