// What a person means by some words: an album, a playlist, an artist or a song.

import { KnownError } from '../../errors.ts'
import type { Album, Artist, Playable, Playlist, Remote, Song } from '../../remote/node.ts'

/** Enough to find the best one among them. */
const candidatesRead = 500

/** How well a name fits: 0 the same, 1 begins with it, 2 has it within, 3 has every word; undefined not at all. */
export function fit(name: string, text: string): number | undefined {
  const [have, want] = [folded(name), folded(text)]
  if (want === '') return undefined
  if (have === want) return 0
  if (have.startsWith(want)) return 1
  if (have.includes(want)) return 2
  return want.split(' ').every((word) => have.includes(word)) ? 3 : undefined
}

/** The best fit; the earlier one of two that fit equally well. */
export function bestOf<Item>(
  items: readonly Item[],
  text: string,
  nameOf: (item: Item) => string,
): { item: Item; fit: number } | undefined {
  let best: { item: Item; fit: number } | undefined
  for (const item of items) {
    const itemFit = fit(nameOf(item), text)
    if (itemFit !== undefined && itemFit < (best?.fit ?? Number.POSITIVE_INFINITY))
      best = { item, fit: itemFit }
  }
  return best
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/\s+/g, ' ')
}

/**
 * The one to play: album, then playlist, then artist, when its name fits; else the first song that matches.
 * A name that is exactly these words goes before one that only has them in it. NO_MATCH.
 */
export async function matchAnything(remote: Remote, text: string, signal: AbortSignal): Promise<Playable> {
  const [albums, playlists, artists] = await Promise.all([
    albumsLike(remote, text, signal),
    remote.playlists({ signal }),
    artistsLike(remote, text, signal),
  ])
  const found = [
    bestOf(albums, text, (album) => album.title),
    bestOf(playlists.items.filter(isOrdinary), text, (playlist) => playlist.name),
    bestOf(artists, text, (artist) => artist.name),
  ].filter((match) => match !== undefined)
  const exact = found.find((match) => match.fit === 0)
  if (exact) return exact.item
  if (found[0]) return found[0].item
  const withArtist = bestOf(albums, text, (album) => `${album.title} ${album.artist}`)
  const song = (await remote.search(text, { count: 1, signal })).items[0]
  const choice = withArtist?.item ?? song
  if (!choice) throw new KnownError('NO_MATCH', { text })
  return choice
}

export async function matchAlbum(remote: Remote, text: string, signal: AbortSignal): Promise<Album> {
  const albums = await albumsLike(remote, text, signal)
  const match =
    bestOf(albums, text, (album) => album.title) ??
    bestOf(albums, text, (album) => `${album.title} ${album.artist}`)
  return foundOr(match?.item, 'album', text)
}

export async function matchArtist(remote: Remote, text: string, signal: AbortSignal): Promise<Artist> {
  return foundOr(
    bestOf(await artistsLike(remote, text, signal), text, (artist) => artist.name)?.item,
    'artist',
    text,
  )
}

export async function matchPlaylist(remote: Remote, text: string, signal: AbortSignal): Promise<Playlist> {
  const { items } = await remote.playlists({ signal })
  return foundOr(bestOf(items, text, (playlist) => playlist.name)?.item, 'playlist', text)
}

export async function matchSong(remote: Remote, text: string, signal: AbortSignal): Promise<Song> {
  const { items } = await remote.search(text, { count: 50, signal })
  return foundOr(bestOf(items, text, (song) => song.title)?.item ?? items[0], 'song', text)
}

function foundOr<Item>(item: Item | undefined, kind: string, text: string): Item {
  if (item === undefined) throw new KnownError('NO_MATCH', { kind, text })
  return item
}

/** The built-in ones, such as Music, are everything or nothing: nobody means them by a word or two. */
function isOrdinary(playlist: Playlist): boolean {
  return !playlist.isBase && playlist.specialKind === 0
}

async function albumsLike(remote: Remote, text: string, signal: AbortSignal): Promise<readonly Album[]> {
  return (await remote.albums({ withWords: wordsOf(text), count: candidatesRead, signal })).items
}

async function artistsLike(remote: Remote, text: string, signal: AbortSignal): Promise<readonly Artist[]> {
  return (await remote.artists({ withWords: wordsOf(text), count: candidatesRead, signal })).items
}

function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/).slice(0, 20)
}
