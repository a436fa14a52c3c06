// The lists of a host, each read once and kept, so that coming back to one shows it at once.

import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Album, Artist, Page, Remote, Song, SongChoice, SongOrder } from '../../remote/index.ts'
import type { AlbumOrder } from './album-order.ts'
import { type PagedList, pagedList } from './paged-list.ts'

export interface SongListing {
  readonly order: SongOrder
  readonly isDescending?: boolean
}

/** Something that is read whole. */
export interface Whole<Value> {
  readonly value: ReadonlySignal<Value | undefined>
  readonly failure: ReadonlySignal<unknown>
  refresh(): void
}

export interface Lists {
  readonly songs: PagedList<Song>
  songsBy(listing: SongListing): PagedList<Song>
  albums(order: AlbumOrder): PagedList<Album>
  readonly artists: PagedList<Artist>
  readonly genres: Whole<Page<string>>
  readonly composers: Whole<Page<string>>
  /** The songs of an album, artist, genre or composer, in album order. */
  songsOf(choice: SongChoice): Whole<readonly Song[]>
  albumsOf(choice: SongChoice): Whole<readonly Album[]>
  playlistSongs(id: number): Whole<readonly Song[]>
  /** Songs in the order in which they came, newest first. */
  readonly newest: Whole<readonly Song[]>
  readonly mostPlayed: Whole<readonly Song[]>
  /** What the library has now is read again where it is looked at; the rest when it is looked at next. */
  refresh(): void
  /** Shows a rating everywhere before the host has said it. */
  rate(songId: number, percent: number): void
}

const mostNewest = 1500
const mostPlayedCount = 200
/** What is kept of albums and the like that were looked at. */
const mostWholes = 60

export function makeLists(remote: Remote): Lists {
  const wholes = new Map<string, Whole<unknown> & { edit(change: (song: Song) => Song): void }>()
  const paged = new Map<string, PagedList<Song> | PagedList<Album>>()

  function whole<Value>(key: string, read: () => Promise<Value>): Whole<Value> {
    const known = wholes.get(key)
    if (known) {
      wholes.delete(key)
      wholes.set(key, known)
      return known as Whole<unknown> as Whole<Value>
    }
    const made = makeWhole(read)
    wholes.set(key, made as never)
    const [oldest] = wholes.keys()
    if (wholes.size > mostWholes && oldest !== undefined) wholes.delete(oldest)
    return made
  }

  function songsBy({ order, isDescending = false }: SongListing): PagedList<Song> {
    const key = `songs ${order} ${isDescending}`
    const made =
      (paged.get(key) as PagedList<Song> | undefined) ??
      pagedList<Song>((part) => remote.songs({ ...part, sort: order, isDescending }))
    paged.set(key, made)
    return made
  }

  function albums(order: AlbumOrder): PagedList<Album> {
    const key = `albums ${order}`
    const made =
      (paged.get(key) as PagedList<Album> | undefined) ??
      pagedList<Album>((part) =>
        order === 'year' ? albumsByYear(remote, part.signal) : remote.albums({ ...part, sort: order }),
      )
    paged.set(key, made)
    return made
  }

  const songs = songsBy({ order: 'title' })
  const artists = pagedList<Artist>((part) => remote.artists(part))

  return {
    songs,
    songsBy,
    albums,
    artists,
    get genres() {
      return whole('genres', () => remote.genres())
    },
    get composers() {
      return whole('composers', () => remote.composers())
    },
    songsOf: (choice) =>
      whole(`songs of ${JSON.stringify(choice)}`, async () => (await remote.songs(choice)).items),
    albumsOf: (choice) =>
      whole(`albums of ${JSON.stringify(choice)}`, async () => (await remote.albums(choice)).items),
    playlistSongs: (id) => whole(`playlist ${id}`, async () => (await remote.playlistSongs(id)).items),
    get newest() {
      const options = { sort: 'added', isDescending: true, offset: 0, count: mostNewest } as const
      return whole('newest', async () => (await remote.songs(options)).items)
    },
    get mostPlayed() {
      const options = { sort: 'playCount', isDescending: true, offset: 0, count: mostPlayedCount } as const
      return whole('most played', async () =>
        (await remote.songs(options)).items.filter(({ playCount }) => playCount > 0),
      )
    },
    refresh() {
      for (const list of [...paged.values(), artists]) if (list.total.value !== undefined) list.refresh()
      for (const one of wholes.values()) one.refresh()
    },
    rate(songId, percent) {
      const edit = (song: Song) => (song.id === songId ? { ...song, ratingPercent: percent } : song)
      for (const [key, list] of paged) if (key.startsWith('songs')) (list as PagedList<Song>).change(edit)
      for (const one of wholes.values()) one.edit(edit)
    },
  }
}

function makeWhole<Value>(read: () => Promise<Value>) {
  const value = signal<Value | undefined>(undefined)
  const failure = signal<unknown>(undefined)
  let latest = 0
  function refresh(): void {
    latest += 1
    const mine = latest
    read().then(
      (answer) => {
        if (mine !== latest) return
        value.value = answer
        failure.value = undefined
      },
      (error: unknown) => {
        if (mine === latest) failure.value = error
      },
    )
  }
  refresh()
  return {
    value: computed(() => value.value),
    failure: computed(() => failure.value),
    refresh,
    edit(change: (song: Song) => Song): void {
      const present: unknown = value.value
      if (!Array.isArray(present) || present[0]?.kind !== 'song') return
      value.value = present.map(change) as Value
    },
  }
}

/** No host sorts so: the list of albums is small enough to be sorted here. */
async function albumsByYear(remote: Remote, signal: AbortSignal): Promise<Page<Album>> {
  const { items } = await remote.albums({ signal })
  const sorted = items.toSorted((a, b) => b.year - a.year)
  return { total: sorted.length, offset: 0, items: sorted, letters: [] }
}
