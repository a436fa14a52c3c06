// A queue as it will be after a change, before the host has said so.

import type { QueueSong } from '../../remote/index.ts'

type Placed = Pick<QueueSong, 'entryId' | 'offset' | 'section'>

const isSame = (one: Placed, other: Placed): boolean =>
  one.entryId === undefined ? one.offset === other.offset : one.entryId === other.entryId

/**
 * `to` counts among those that come next, from 0. Among those put up by hand, or right behind them, it becomes one of
 * them; further down it belongs to what was started (docs/queue.md).
 */
export function moved<Song extends Placed>(songs: readonly Song[], song: Song, to: number): Song[] {
  const others = songs.filter((other) => other.offset > 0 && !isSame(other, song))
  const byHand = others.filter(({ section }) => section === 'user').length
  const placed = { ...song, section: to <= byHand ? 'user' : 'main' } as Song
  return [...songs.filter(({ offset }) => offset <= 0), ...others.slice(0, to), placed, ...others.slice(to)]
}

export function without<Song extends Placed>(songs: readonly Song[], gone: readonly Song[]): Song[] {
  return songs.filter((song) => !gone.some((other) => isSame(song, other)))
}
