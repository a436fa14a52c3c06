// The picture of a song, an album or an artist, in the size that is asked for.

import type { Log } from '../../log.ts'
import type { Database } from '../database.ts'
import type { Artwork, ArtworkBox, Song } from '../items.ts'
import type { SongListing } from '../tables.ts'
import type { LibraryView } from '../types.ts'
import { artworkCache } from './cache.ts'
import { type PictureSource, pictureSources } from './pictures.ts'
import { resize } from './resize.ts'

const cacheBytes = 200 * 1024 * 1024
/** Pictures made at once; the others wait. */
const mostAtOnce = 2
/** Songs of an album that are tried when the picture of the first is broken. */
const mostTries = 3
const fewSongs = 50
/** Broken pictures that are remembered. */
const mostBroken = 1000

export interface ArtworkFinder {
  ofSong(view: LibraryView, songId: number, box: ArtworkBox): Promise<Artwork | undefined>
  ofAlbum(view: LibraryView, albumId: number, box: ArtworkBox): Promise<Artwork | undefined>
  ofArtist(view: LibraryView, artistId: number, box: ArtworkBox): Promise<Artwork | undefined>
}

export function artworkFinder(database: Database, folder: string, log: Log): ArtworkFinder {
  const cache = artworkCache(folder, cacheBytes)
  const inFlight = new Map<string, Promise<Artwork | undefined>>()
  const broken = new Set<string>()
  const queue = waitingRoom(mostAtOnce)

  async function make(source: PictureSource, key: string, box: ArtworkBox): Promise<Artwork | undefined> {
    const kept = await cache.get(key)
    if (kept) return kept
    return queue(async () => {
      try {
        const bytes = await source.read()
        if (bytes === undefined) return undefined
        const artwork = await resize(bytes, box)
        await cache.put(key, artwork)
        return artwork
      } catch (error) {
        if (broken.size >= mostBroken) broken.clear()
        broken.add(source.identity)
        log.debug('A picture cannot be used.', { picture: source.identity, reason: String(error) })
        return undefined
      }
    })
  }

  async function ofOne(song: Song, box: ArtworkBox): Promise<Artwork | undefined> {
    for (const source of await pictureSources(database, song)) {
      if (broken.has(source.identity)) continue
      const key = `${source.identity} ${box.maxWidth ?? 0}x${box.maxHeight ?? 0}`
      let making = inFlight.get(key)
      if (making === undefined) {
        making = make(source, key, box).finally(() => inFlight.delete(key))
        inFlight.set(key, making)
      }
      const artwork = await making
      if (artwork) return artwork
    }
    return undefined
  }

  async function ofFirst(songs: SongListing, box: ArtworkBox): Promise<Artwork | undefined> {
    for (const song of withArtwork(songs).take(mostTries)) {
      const artwork = await ofOne(song, box)
      if (artwork) return artwork
    }
    return undefined
  }

  const songsWith = (view: LibraryView, number: 'albumId' | 'artistId', equals: bigint) =>
    view.songs({ filter: { number, equals } })

  return {
    async ofSong(view, songId, box) {
      const song = view.song(songId)
      return song?.hasArtwork ? ofOne(song, box) : undefined
    },
    async ofAlbum(view, albumId, box) {
      const album = view.album(albumId)
      return album && ofFirst(songsWith(view, 'albumId', album.persistentId), box)
    },
    async ofArtist(view, artistId, box) {
      const artist = view.artist(artistId)
      return artist && ofFirst(songsWith(view, 'artistId', artist.persistentId), box)
    },
  }
}

/** The various artists of a compilation may have most of the library: no more of it is looked at than is needed. */
function* withArtwork(songs: SongListing): Generator<Song, void> {
  for (let from = 0; from < songs.length; from += fewSongs)
    for (const song of songs.slice(from, from + fewSongs)) if (song.hasArtwork) yield song
}

/** Lets so many in at once; the others come in their order. */
function waitingRoom(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = []
  let inside = 0
  return async (work) => {
    if (inside >= most) await new Promise<void>((enter) => waiting.push(enter))
    else inside += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else inside -= 1
    }
  }
}
