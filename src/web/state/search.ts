// What a few words find: songs from the host's ranked search, and names that have them.

import type { Album, Artist, Playable, Playlist, Song } from '../../remote/index.ts'
import { bestOf } from '../model/best-match.ts'
import { folded } from '../model/words.ts'
import { playItem, playSongs } from './actions.ts'
import type { HostModel } from './host.ts'
import { listedPlaylists } from './playlist-actions.ts'
import { go } from './route.ts'

export interface Results {
  /** What was looked for. */
  readonly text: string
  readonly songs: readonly Song[]
  readonly songTotal: number
  readonly albums: readonly Album[]
  readonly artists: readonly Artist[]
  readonly playlists: readonly Playlist[]
  readonly best: Playable | undefined
}

export const emptyResults: Results = {
  text: '',
  songs: [],
  songTotal: 0,
  albums: [],
  artists: [],
  playlists: [],
  best: undefined,
}

/** At first: more than is seen before one asks for all of them. */
const firstSongs = 20
const mostSongs = 200
const mostOthers = 60

export async function findAll(host: HostModel, text: string, signal: AbortSignal): Promise<Results> {
  const words = text.trim().split(/\s+/).filter(Boolean)
  if (words.length === 0) return emptyResults
  const { songs, albums, artists } = await host.remote.find(text, {
    songCount: firstSongs,
    groupCount: mostOthers,
    signal,
  })
  const playlists = listedPlaylists(host).filter(({ name }) =>
    words.every((word) => folded(name).includes(folded(word))),
  )
  const found = { albums, artists, playlists }
  return {
    text: text.trim(),
    songs: songs.items,
    songTotal: songs.total,
    ...found,
    best: bestOf(words, { ...found, songs: songs.items }),
  }
}

/** With the rest of the songs, which nobody waits for while typing; undefined when all are there. */
export function readRest(
  { remote }: HostModel,
  results: Results,
  signal: AbortSignal,
): Promise<Results> | undefined {
  const { text, songs, songTotal } = results
  if (songs.length >= Math.min(songTotal, mostSongs)) return undefined
  return remote.search(text, { count: mostSongs, signal }).then((found) => ({
    ...results,
    songs: found.items,
    songTotal: found.total,
  }))
}

export const resultCount = ({ songTotal, albums, artists, playlists }: Results): number =>
  songTotal + albums.length + artists.length + playlists.length

// --- in the order in which the arrow keys go through them

export interface ResultItem {
  readonly id: string
  /** Plays or opens it; with shift, plays it next. */
  act(host: HostModel, isNext: boolean): void
}

export const shownInAll = { songs: 5, artists: 4, albums: 10, playlists: 5 } as const

export function idOf(item: Playable): string {
  return `${item.kind}-${item.id}`
}

function resultItem(item: Playable, songs: readonly Song[]): ResultItem {
  return {
    id: idOf(item),
    act(host, isNext) {
      if (isNext) playItem(host, item, 'next')
      else if (item.kind === 'song') playSongs(host, songs, { start: songs.indexOf(item) })
      else go(item.kind, item.id)
    },
  }
}

/** As they are shown, from top to bottom. */
export function startOfResults(
  results: Results,
  part: 'all' | 'songs' | 'albums' | 'artists' | 'playlists',
): readonly ResultItem[] {
  const { songs, albums, artists, playlists, best } = results
  const toItem = (item: Playable) => resultItem(item, songs)
  if (part !== 'all') return results[part].map(toItem)
  return [
    ...(best && best.kind !== 'song' ? [{ ...toItem(best), id: `best-${idOf(best)}` }] : []),
    ...songs.slice(0, shownInAll.songs).map(toItem),
    ...artists.slice(0, shownInAll.artists).map(toItem),
    ...albums.slice(0, shownInAll.albums).map(toItem),
    ...playlists.slice(0, shownInAll.playlists).map(toItem),
  ]
}
