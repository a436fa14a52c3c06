// Several songs chosen at once, in one list. Another list, or another page, ends it.

import { computed, signal } from '@preact/signals'
import type { Song } from '../../remote/index.ts'

interface Chosen {
  /** Which list it is in. */
  readonly list: string
  readonly songs: ReadonlyMap<number, Song>
  /** Where a range begins. */
  readonly anchor: number
}

const chosen = signal<Chosen | undefined>(undefined)

export const selectedSongs = computed<readonly Song[]>(() =>
  chosen.value ? [...chosen.value.songs].toSorted(([a], [b]) => a - b).map(([, song]) => song) : [],
)
export const isSelecting = computed(() => chosen.value !== undefined)

export function isSelected(list: string, index: number): boolean {
  return chosen.value?.list === list && chosen.value.songs.has(index)
}

export function clearSelection(): void {
  chosen.value = undefined
}

export function toggleSelected(list: string, index: number, song: Song): void {
  const songs = new Map(chosen.value?.list === list ? chosen.value.songs : [])
  if (songs.has(index)) songs.delete(index)
  else songs.set(index, song)
  chosen.value = songs.size === 0 ? undefined : { list, songs, anchor: index }
}

/** From the last one chosen to this one; what is not yet read is left out. */
export function selectUpTo(list: string, index: number, at: (index: number) => Song | undefined): void {
  const anchor = chosen.value?.list === list ? chosen.value.anchor : index
  selectRange(list, Math.min(anchor, index), Math.max(anchor, index), at, anchor)
}

export function selectRange(
  list: string,
  from: number,
  to: number,
  at: (index: number) => Song | undefined,
  anchor = from,
): void {
  const songs = new Map<number, Song>()
  for (let index = from; index <= to; index += 1) {
    const song = at(index)
    if (song) songs.set(index, song)
  }
  chosen.value = { list, songs, anchor }
}
