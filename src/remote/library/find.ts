// What one looks for as one types, in one answer where the host can give it.

import type { HostSession } from '../talk/session.ts'
import type { browsing } from './browse.ts'
import type { Album, Artist, Page, Song } from './items.ts'
import { ranked } from './ranked-search.ts'

export interface FindOptions {
  readonly songCount?: number
  /** Of albums and artists each. */
  readonly groupCount?: number
  readonly signal?: AbortSignal | undefined
}

export interface Found {
  readonly songs: Page<Song>
  readonly albums: readonly Album[]
  readonly artists: readonly Artist[]
}

export function finding(session: HostSession, lists: ReturnType<typeof browsing>) {
  return {
    /**
     * What one looks for as one types: songs as `search` has them, and albums and artists with all the words. One
     * request on our own hosts, three elsewhere. Empty text finds nothing.
     */
    async find(text: string, options: FindOptions = {}): Promise<Found> {
      const { songCount = 20, groupCount = 50, signal } = options
      const words = text.trim().split(/\s+/).filter(Boolean)
      if (words.length === 0)
        return { songs: { total: 0, offset: 0, items: [], letters: [] }, albums: [], artists: [] }
      if (session.facts.quirks.hasApi) {
        const { songs, albums, artists } = await ranked(session, text, { songCount, groupCount, signal })
        if (albums && artists) return { songs, albums, artists } // an older host leaves them out
      }
      const part = { offset: 0, count: groupCount, withWords: words, signal }
      const [songs, albums, artists] = await Promise.all([
        lists.search(text, { count: songCount, signal }),
        lists.albums(part),
        lists.artists(part),
      ])
      return { songs, albums: albums.items, artists: artists.items }
    },
  }
}
