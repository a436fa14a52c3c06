// What the songs of an album say of it.

import type { Song } from '../../remote/index.ts'

export interface AlbumFacts {
  readonly title: string
  readonly artist: string
  readonly artistId: string
  /** 0 where no song says it. */
  readonly year: number
  /** The one that most songs have. */
  readonly genre: string
  readonly durationMs: number
}

export function factsOf(songs: readonly Song[]): AlbumFacts {
  const [first] = songs
  return {
    title: first?.album ?? '',
    artist: first?.albumArtist || first?.artist || '',
    artistId: first?.artistId ?? '',
    year: songs.find(({ year }) => year > 0)?.year ?? 0,
    genre: commonest(songs.map(({ genre }) => genre).filter(Boolean)),
    durationMs: songs.reduce((sum, { durationMs }) => sum + durationMs, 0),
  }
}

function commonest(texts: readonly string[]): string {
  const counts = Map.groupBy(texts, (text) => text)
  return [...counts].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? ''
}

export interface Disc {
  readonly number: number
  readonly songs: readonly Song[]
}

/** In the order in which they come; a song without a disc is on the first. */
export function discsOf(songs: readonly Song[]): Disc[] {
  const discs = Map.groupBy(songs, ({ discNumber }) => Math.max(1, discNumber))
  return [...discs].map(([number, side]) => ({ number, songs: side }))
}
