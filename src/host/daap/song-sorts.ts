// The orders of songs, as clients name them in `sort=`.

import type { SongSort } from '../../library/index.ts'

const sorts: Readonly<Record<string, SongSort>> = {
  name: 'title',
  album: 'album',
  artist: 'artist',
  genre: 'genre',
  composer: 'composer',
  releasedate: 'releasedAt',
  time: 'durationMs',
  rating: 'ratingPercent',
  playcount: 'playCount',
  dateadded: 'addedAt', // ours
  physical: 'playlist',
}

/** Undefined for names that nobody knows: then the default is meant. */
export function songSortNamed(name: string): SongSort | undefined {
  return Object.hasOwn(sorts, name) ? sorts[name] : undefined
}
