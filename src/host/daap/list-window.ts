// Which part of a list is wanted (`index=`), and the letters that go with it (`mshl`).

import type { Listing, SortHeader } from '../../library/index.ts'
import type { DmapNode } from '../../protocol/index.ts'
import type { QueryParameters } from '../endpoint.ts'

/** `to` is the first that is not wanted any more. */
export interface ListWindow {
  readonly from: number
  readonly to: number
}

/**
 * `a-b` inclusive, `a-` to the end, `-n` the last n, `n` that one alone. Clipped to the list, never an error;
 * text of another kind means the whole list.
 */
export function windowOf(index: string | undefined, length: number): ListWindow {
  const match = /^([0-9]*)(?:(-)([0-9]*))?$/.exec(index?.trim() ?? '')
  const [, first = '', dash = '', last = ''] = match ?? []
  if (first === '' && last === '') return { from: 0, to: length }
  if (first === '') return clipped(length - Number(last), length, length)
  if (dash === '') return clipped(Number(first), Number(first) + 1, length)
  return clipped(Number(first), last === '' ? length : Number(last) + 1, length)
}

function clipped(from: number, to: number, length: number): ListWindow {
  const start = Math.min(Math.max(from, 0), length)
  return { from: start, to: Math.min(Math.max(to, start), length) }
}

/** Everything in front of the list itself. */
export function countNodes(length: number, window: ListWindow): DmapNode[] {
  return [
    ['mstt', 200],
    ['muty', 0],
    ['mtco', length],
    ['mrco', window.to - window.from],
  ]
}

/** Of the window, as everybody asks; of the whole list, whatever the window, as our own remotes may. */
export type WantedHeaders = 'none' | 'of the window' | 'of all'

export function wantedHeaders(query: QueryParameters): WantedHeaders {
  const asked = query.get('include-sort-headers')
  return asked === '1' ? 'of the window' : asked === '2' ? 'of all' : 'none'
}

/**
 * The letters of a window, with offsets into it as OwnTone counts them; or of all.
 * None for an empty page: TunesRemote takes each `mlit` in it for a row, and pages on for ever.
 */
export function headerNodes(
  listing: Pick<Listing<unknown>, 'sortHeaders'> & { readonly length: number },
  window: ListWindow,
  wanted: WantedHeaders,
): DmapNode[] {
  if (wanted === 'none' || window.from === window.to) return []
  return lettersNode(listing, wanted === 'of all' ? { from: 0, to: listing.length } : window)
}

function lettersNode(listing: Pick<Listing<unknown>, 'sortHeaders'>, window: ListWindow): DmapNode[] {
  const letters = listing.sortHeaders().flatMap((header) => withinWindow(header, window))
  return [
    [
      'mshl',
      letters.map(({ letter, index, count }): DmapNode => {
        return [
          'mlit',
          [
            ['mshc', letter.charCodeAt(0)],
            ['mshi', index],
            ['mshn', count],
          ],
        ]
      }),
    ],
  ]
}

function withinWindow({ letter, index, count }: SortHeader, { from, to }: ListWindow): SortHeader[] {
  const first = Math.min(Math.max(index, from), to)
  const end = Math.min(Math.max(index + count, first), to)
  // '0', for everything that is no letter, is always there, even for nothing.
  return end > first || letter === '0' ? [{ letter, index: first - from, count: end - first }] : []
}
