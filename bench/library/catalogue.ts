// What is in the made library: albums, songs, their tags and paths. Decided by chance that is always the same; writes nothing.

import { type Chance, chanceFrom } from './random.ts'
import {
  albumNames,
  comments,
  compilationNames,
  genres,
  type Language,
  languages,
  titleEndings,
} from './words.ts'

export type Format = 'mp3' | 'm4a' | 'flac' | 'opus'

export interface SongTags {
  readonly title: string
  readonly artist: string
  readonly albumArtist?: string
  readonly album: string
  readonly genre: string
  /** "1987" or "1987-03-21". */
  readonly date: string
  readonly trackNumber: number
  readonly trackCount: number
  readonly discNumber?: number
  readonly discCount?: number
  readonly composer?: string
  readonly comment?: string
  readonly grouping?: string
  readonly lyrics?: string
  readonly bpm?: number
  readonly titleSort?: string
  readonly artistSort?: string
  readonly albumArtistSort?: string
  readonly isCompilation: boolean
  /** 1 to 5. */
  readonly stars?: number
  readonly trackGainDb?: number
  readonly trackPeak?: number
}

export interface Song {
  /** From the library's folder, with "/". */
  readonly path: string
  readonly format: Format
  readonly tags: SongTags
  /** Number of the song in the library; its sound is made of it, so no two songs sound alike. */
  readonly seed: number
  readonly durationMs: number
}

export interface Album {
  /** From the library's folder, with "/". */
  readonly folder: string
  readonly songs: readonly Song[]
  /** Seed of its picture, where it has one. */
  readonly picture?: { readonly seed: number; readonly place: 'in each song' | 'in the folder' }
}

interface Artist {
  readonly name: string
  readonly sort?: string
  readonly language: Language
}

/** What all songs of an album share. */
interface CommonTags extends Pick<SongTags, 'album' | 'genre' | 'date' | 'trackCount' | 'isCompilation'> {
  readonly isGainKnown: boolean
}

/** As counted in large collections: about ten songs to an album, three albums to an artist. */
const songsPerArtist = 30.6
const shares: readonly (readonly [Format, share: number])[] = [
  ['mp3', 0.5],
  ['m4a', 0.25],
  ['flac', 0.15],
  ['opus', 0.1],
]
const compilationShare = 0.05
const audiobookShare = 1 / 400

export function* albumsOf(tracks: number): Generator<Album> {
  const artists = artistsOf(Math.max(1, Math.round(tracks / songsPerArtist)))
  const folders = new Set<string>()
  for (let made = 0, index = 0; made < tracks; index += 1) {
    const album = new AlbumMaker(index, artists, folders).album(made, tracks - made)
    made += album.songs.length
    yield album
  }
}

function artistsOf(count: number): Artist[] {
  const chance = chanceFrom(1)
  const names = new Set<string>()
  return Array.from({ length: count }, () => {
    const artist = makeArtist(chance)
    let { name } = artist
    for (let number = 2; names.has(name); number += 1) name = `${artist.name} ${number}`
    names.add(name)
    return { ...artist, name }
  })
}

function makeArtist(chance: Chance): Artist {
  const language = chooseLanguage(chance)
  if (chance.happens(0.4)) return { name: phrase(chance.one(language.bands), language, chance), language }
  const given = chance.one(language.given)
  const family = chance.one(language.family)
  const middle = chance.happens(0.3) ? ` ${chance.one(language.given)}` : ''
  const name = `${given}${middle} ${family}`
  const isTagged = language.sortsByFamily && chance.happens(0.4)
  return { name, language, ...(isTagged && { sort: `${family}, ${given}${middle}` }) }
}

function chooseLanguage(chance: Chance): Language {
  let left = chance.whole(languages.reduce((sum, { share }) => sum + share, 0))
  return languages.find(({ share }) => (left -= share) < 0) ?? languages[0]!
}

class AlbumMaker {
  readonly #chance: Chance
  readonly #index: number
  readonly #artists: readonly Artist[]
  readonly #isCompilation: boolean
  readonly #artist: Artist
  readonly #name: string
  readonly #folder: string

  constructor(index: number, artists: readonly Artist[], folders: Set<string>) {
    const chance = chanceFrom(1000 + index)
    this.#chance = chance
    this.#index = index
    this.#artists = artists
    // Everybody has one album; then the first ones have many.
    this.#artist = artists[index] ?? chance.one(artists)
    this.#isCompilation = index >= artists.length && chance.happens(compilationShare)
    this.#name = this.#albumName()
    const parent = this.#isCompilation ? 'Compilations' : fileName(this.#artist.name)
    this.#folder = unused(`${parent}/${fileName(this.#name)}`, folders)
  }

  album(firstSeed: number, mostSongs: number): Album {
    const chance = this.#chance
    const isDouble = chance.happens(0.06)
    const songCount = Math.min(mostSongs, isDouble ? 16 + chance.whole(12) : albumSize(chance))
    const common = this.#commonTags(songCount)
    const format = chooseFormat(chance)
    const songs = Array.from({ length: songCount }, (_, at) => {
      const disc = isDouble ? (at < songCount / 2 ? 1 : 2) : undefined
      const trackNumber = disc === 2 ? at + 1 - Math.ceil(songCount / 2) : at + 1
      const ofDisc = disc === undefined ? {} : { discNumber: disc, discCount: 2 }
      return this.#song({ ...common, ...ofDisc, trackNumber }, format, firstSeed + at)
    })
    const picture = this.#picture()
    return { folder: this.#folder, songs, ...(picture && { picture }) }
  }

  #albumName(): string {
    const chance = this.#chance
    const { language } = this.#artist
    if (this.#isCompilation)
      return `${phrase(chance.one(compilationNames), language, chance)} ${1 + chance.whole(60)}`
    if (chance.happens(0.08)) return chance.one(albumNames)
    return phrase(chance.one(language.titles), language, chance)
  }

  #commonTags(trackCount: number): CommonTags {
    const chance = this.#chance
    const year = 1955 + chance.whole(72)
    const hasDay = chance.happens(0.3)
    return {
      album: this.#name,
      genre: chance.happens(audiobookShare) ? 'Audiobook' : chance.one(genres),
      date: hasDay
        ? `${year}-${twoDigits(1 + chance.whole(12))}-${twoDigits(1 + chance.whole(28))}`
        : `${year}`,
      trackCount,
      isCompilation: this.#isCompilation,
      isGainKnown: chance.happens(0.3),
    }
  }

  #song(
    common: CommonTags & Pick<SongTags, 'trackNumber' | 'discNumber' | 'discCount'>,
    format: Format,
    seed: number,
  ): Song {
    const chance = this.#chance
    const artist = this.#isCompilation ? chance.one(this.#artists) : this.#artist
    const title = songTitle(artist.language, chance)
    const { isGainKnown, ...ofAlbum } = common
    const guest =
      !this.#isCompilation && chance.happens(0.05) ? ` feat. ${chance.one(this.#artists).name}` : ''
    const albumArtist = this.#isCompilation ? 'Various Artists' : this.#artist.name
    const number = `${common.discNumber ? `${common.discNumber}-` : ''}${twoDigits(common.trackNumber)}`
    return {
      path: `${this.#folder}/${number} ${fileName(title)}.${format}`,
      format,
      seed,
      durationMs: 500 + chance.whole(1000),
      tags: {
        ...ofAlbum,
        title,
        artist: artist.name + guest,
        ...((this.#isCompilation || guest !== '' || chance.happens(0.7)) && { albumArtist }),
        ...(artist.sort && { artistSort: artist.sort, albumArtistSort: artist.sort }),
        ...(title.startsWith('The ') && chance.happens(0.2) && { titleSort: title.slice(4) }),
        ...(chance.happens(0.35) && { composer: chance.one(this.#artists).name }),
        ...(chance.happens(0.1) && { comment: chance.one(comments) }),
        ...(chance.happens(0.04) && { grouping: `Set ${1 + chance.whole(20)}` }),
        ...(chance.happens(0.05) && { lyrics: `${title}\n${title}, oh ${title}` }),
        ...(chance.happens(0.25) && { bpm: 60 + chance.whole(120) }),
        ...(chance.happens(0.15) && { stars: 1 + chance.whole(5) }),
        ...(isGainKnown && { trackGainDb: -chance.whole(1200) / 100, trackPeak: chance.whole(1000) / 1000 }),
      },
    }
  }

  #picture(): Album['picture'] {
    const place = this.#chance.number()
    if (place < 0.25) return { seed: this.#index, place: 'in each song' }
    return place < 0.6 ? { seed: this.#index, place: 'in the folder' } : undefined
  }
}

function songTitle(language: Language, chance: Chance): string {
  const ending = chance.happens(0.05) ? chance.one(titleEndings) : ''
  return phrase(chance.one(language.titles), language, chance) + ending
}

function phrase(pattern: string, { adjectives, nouns }: Language, chance: Chance): string {
  return pattern.replaceAll(/\$[anm]/g, (word) => chance.one(word === '$a' ? adjectives : nouns))
}

/** Mostly eight to fourteen songs, some singles. */
function albumSize(chance: Chance): number {
  return chance.happens(0.18) ? 1 + chance.whole(4) : 6 + chance.whole(7) + chance.whole(5)
}

function chooseFormat(chance: Chance): Format {
  let left = chance.number()
  return shares.find(([, share]) => (left -= share) < 0)?.[0] ?? 'mp3'
}

/** A name that every file system takes. */
function fileName(name: string): string {
  return (
    name
      .replaceAll(/[/\\:*?"<>|]/g, '_')
      .replace(/^\.+/, '_')
      .replace(/[. ]+$/, '')
      .slice(0, 60) || '_'
  )
}

/** Artists may have two albums of one name. */
function unused(path: string, taken: Set<string>): string {
  let free = path
  // Folded: some file systems take "Noël" and "NOËL" for one.
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${path} (${number})`
  taken.add(free.toLowerCase())
  return free
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
