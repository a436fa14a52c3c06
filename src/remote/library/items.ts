// Songs, albums, artists and playlists as plain values, read from `mlit`.

import {
  type ApiAlbum,
  type ApiArtist,
  type ApiSong,
  child,
  type DmapContainer,
  hex64,
} from '../../protocol/index.ts'
import { numberOr0, textOr } from '../talk/json.ts'

/** Apart from the rating. Their numbers on the wire (`aels`) are 0 or 1, 2 and 3. */
export type Feeling = 'neutral' | 'liked' | 'disliked'

export interface Song {
  readonly kind: 'song'
  /** 32-bit, of this host's database; what commands take. */
  readonly id: number
  /** 16 hex digits that last; '' when the host has none. */
  readonly persistentId: string
  readonly title: string
  readonly artist: string
  readonly albumArtist: string
  readonly album: string
  /** 16 hex digits. */
  readonly albumId: string
  readonly artistId: string
  readonly genre: string
  readonly composer: string
  readonly trackNumber: number
  readonly discNumber: number
  readonly year: number
  readonly durationMs: number
  /** 0 is unrated; 20 a star. */
  readonly ratingPercent: number
  readonly feeling: Feeling
  /** How often it was heard; 0 where the host does not say. */
  readonly playCount: number
  /** Its entry in the playlist it was listed from; undefined elsewhere. */
  readonly playlistEntryId: number | undefined
}

export interface Album {
  readonly kind: 'album'
  /** 16 hex digits that last: `daap.songalbumid`. */
  readonly id: string
  /** For artwork only. */
  readonly groupId: number
  readonly title: string
  readonly artist: string
  readonly artistId: string
  readonly year: number
  readonly songCount: number
}

export interface Artist {
  readonly kind: 'artist'
  /** 16 hex digits that last: `daap.songartistid`. */
  readonly id: string
  /** For artwork only. */
  readonly groupId: number
  readonly name: string
  readonly albumCount: number
  readonly songCount: number
}

export interface Playlist {
  readonly kind: 'playlist'
  readonly id: number
  /** 16 hex digits; all zeros where the host has none. */
  readonly persistentId: string
  readonly name: string
  readonly songCount: number
  readonly isSmart: boolean
  readonly isFolder: boolean
  /** The folder it lies in; 0 at the top. */
  readonly parentId: number
  /** Kinds every host has, such as Music (6) and Podcasts (1); 0 for an ordinary one. */
  readonly specialKind: number
  /** The one of everything. */
  readonly isBase: boolean
  readonly isEditable: boolean
}

export type Playable = Song | Album | Artist | Playlist

/** One part of a list: `items[0]` is number `offset` of `total`. */
export interface Page<Item> {
  readonly total: number
  readonly offset: number
  readonly items: readonly Item[]
  /** Where each letter starts in the whole list, when asked for. The last one, '0', is everything else. */
  readonly letters: readonly Letter[]
}

export interface Letter {
  readonly letter: string
  readonly offset: number
  readonly count: number
}

export const songFields = [
  'dmap.itemname',
  'dmap.itemid',
  'dmap.persistentid',
  'dmap.containeritemid',
  'daap.songartist',
  'daap.songalbumartist',
  'daap.songalbum',
  'daap.songalbumid',
  'daap.songartistid',
  'daap.songgenre',
  'daap.songcomposer',
  'daap.songtracknumber',
  'daap.songdiscnumber',
  'daap.songyear',
  'daap.songtime',
  'daap.songuserrating',
  'com.apple.itunes.liked-state',
  'daap.songuserplaycount',
].join(',')

export const albumFields = [
  'dmap.itemname',
  'dmap.itemid',
  'dmap.persistentid',
  'daap.songartist',
  'daap.songalbumartist',
  'daap.songartistid',
  'daap.songyear',
  'dmap.itemcount',
].join(',')

export const artistFields = [
  'dmap.itemname',
  'dmap.itemid',
  'dmap.persistentid',
  'daap.songartist',
  'daap.groupalbumcount',
  'daap.songartistid',
  'dmap.itemcount',
].join(',')

export const playlistFields = [
  'dmap.itemname',
  'dmap.itemid',
  'dmap.persistentid',
  'dmap.itemcount',
  'daap.baseplaylist',
  'com.apple.itunes.special-playlist',
  'com.apple.itunes.smart-playlist',
  'dmap.parentcontainerid',
  'dmap.editcommandssupported',
  'dmap.haschildcontainers',
].join(',')

const feelingByNumber: Readonly<Record<number, Feeling>> = { 2: 'liked', 3: 'disliked' }

export function songOf(item: DmapContainer): Song {
  const artist = child(item, 'asar') ?? ''
  return {
    kind: 'song',
    id: child(item, 'miid') ?? 0,
    persistentId: idText(child(item, 'mper')),
    title: child(item, 'minm') ?? '',
    artist,
    albumArtist: child(item, 'asaa') ?? artist,
    album: child(item, 'asal') ?? '',
    albumId: idText(child(item, 'asai')),
    artistId: idText(child(item, 'asri')),
    genre: child(item, 'asgn') ?? '',
    composer: child(item, 'ascp') ?? '',
    trackNumber: child(item, 'astn') ?? 0,
    discNumber: child(item, 'asdn') ?? 0,
    year: child(item, 'asyr') ?? 0,
    durationMs: child(item, 'astm') ?? 0,
    ratingPercent: child(item, 'asur') ?? 0,
    feeling: feelingByNumber[child(item, 'aels') ?? 0] ?? 'neutral',
    playCount: child(item, 'aspc') ?? 0,
    playlistEntryId: child(item, 'mcti'),
  }
}

/** Of our own hosts' JSON, field by field: an older or newer host may leave some out. */
export function songOfApi(song: Partial<ApiSong>): Song {
  return {
    kind: 'song',
    id: numberOr0(song.id),
    persistentId: textOr(song.persistentId),
    title: textOr(song.title),
    artist: textOr(song.artist),
    albumArtist: textOr(song.albumArtist),
    album: textOr(song.album),
    albumId: textOr(song.albumId),
    artistId: textOr(song.artistId),
    genre: textOr(song.genre),
    composer: textOr(song.composer),
    trackNumber: numberOr0(song.trackNumber),
    discNumber: numberOr0(song.discNumber),
    year: numberOr0(song.year),
    durationMs: numberOr0(song.durationMs),
    ratingPercent: numberOr0(song.ratingPercent),
    feeling: song.feeling === 'liked' || song.feeling === 'disliked' ? song.feeling : 'neutral',
    playCount: 0,
    playlistEntryId: undefined,
  }
}

export function albumOf(item: DmapContainer): Album {
  return {
    kind: 'album',
    id: idText(child(item, 'mper')),
    groupId: child(item, 'miid') ?? 0,
    title: child(item, 'minm') ?? '',
    artist: child(item, 'asaa') ?? child(item, 'asar') ?? '',
    artistId: idText(child(item, 'asri')),
    year: child(item, 'asyr') ?? 0,
    songCount: child(item, 'mimc') ?? 0,
  }
}

/** As `songOfApi`. */
export function albumOfApi(album: Partial<ApiAlbum>): Album {
  return {
    kind: 'album',
    id: textOr(album.id),
    groupId: numberOr0(album.groupId),
    title: textOr(album.title),
    artist: textOr(album.artist),
    artistId: textOr(album.artistId),
    year: numberOr0(album.year),
    songCount: numberOr0(album.songCount),
  }
}

/** As `songOfApi`. */
export function artistOfApi(artist: Partial<ApiArtist>): Artist {
  return {
    kind: 'artist',
    id: textOr(artist.id),
    groupId: numberOr0(artist.groupId),
    name: textOr(artist.name),
    albumCount: numberOr0(artist.albumCount),
    songCount: numberOr0(artist.songCount),
  }
}

export function artistOf(item: DmapContainer): Artist {
  return {
    kind: 'artist',
    id: idText(child(item, 'mper') ?? child(item, 'asri')),
    groupId: child(item, 'miid') ?? 0,
    name: child(item, 'minm') ?? '',
    albumCount: child(item, 'agac') ?? 0,
    songCount: child(item, 'mimc') ?? 0,
  }
}

export function playlistOf(item: DmapContainer): Playlist {
  return {
    kind: 'playlist',
    id: child(item, 'miid') ?? 0,
    persistentId: idText(child(item, 'mper') ?? 0n),
    name: child(item, 'minm') ?? '',
    songCount: child(item, 'mimc') ?? 0,
    isSmart: child(item, 'aeSP') === 1,
    isFolder: child(item, 'f\x8dch') === 1,
    parentId: child(item, 'mpco') ?? 0,
    specialKind: child(item, 'aePS') ?? 0,
    isBase: child(item, 'abpl') === 1,
    // Adding and removing, the two that matter (docs/protocol/daap-library.md, `meds`).
    isEditable: ((child(item, 'meds') ?? 0) & 3) === 3,
  }
}

function idText(id: bigint | undefined): string {
  return id === undefined ? '' : hex64(id)
}

/** Back to the decimal that queries take; unsigned, as TunesRemote sends it. */
export function idNumber(hex: string): bigint {
  return BigInt(`0x${hex === '' ? '0' : hex}`)
}
