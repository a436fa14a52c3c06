// A song as a row looked at: nothing is read until it is asked for.

import { join } from 'node:path'
import type { Codec, LikedState, ReplayGain, Song } from '../items.ts'
import type { Columns, GainColumn, NumberColumn, TextColumn } from './columns.ts'
import type { Texts } from './strings.ts'

export class RowSong implements Song {
  readonly #columns: Columns
  readonly #texts: Texts
  readonly #row: number

  constructor(columns: Columns, texts: Texts, row: number) {
    this.#columns = columns
    this.#texts = texts
    this.#row = row
  }

  #text(name: TextColumn): string {
    return this.#texts.get(this.#columns.texts[name][this.#row] ?? 0)
  }
  #number(name: NumberColumn): number {
    return this.#columns.numbers[name][this.#row] ?? 0
  }
  #gain(name: GainColumn): number | undefined {
    const gain = this.#columns.gains[name][this.#row]
    return gain === undefined || Number.isNaN(gain) ? undefined : gain
  }

  get id() {
    return this.#number('id')
  }
  get persistentId() {
    return BigInt(this.#number('persistentId'))
  }
  get path() {
    return join(this.#text('folder'), this.#text('fileName'))
  }
  get title() {
    return this.#text('title')
  }
  get artist() {
    return this.#text('artist')
  }
  get albumArtist() {
    return this.#text('albumArtist')
  }
  get album() {
    return this.#text('album')
  }
  get composer() {
    return this.#text('composer')
  }
  get genre() {
    return this.#text('genre')
  }
  get comment() {
    return this.#text('comment')
  }
  get grouping() {
    return this.#text('grouping')
  }
  get description() {
    return this.#text('description')
  }
  get titleSort() {
    return this.#text('titleSort')
  }
  get artistSort() {
    return this.#text('artistSort')
  }
  get albumArtistSort() {
    return this.#text('albumArtistSort')
  }
  get albumSort() {
    return this.#text('albumSort')
  }
  get composerSort() {
    return this.#text('composerSort')
  }
  get albumId() {
    return BigInt(this.#columns.albums.persistentId[this.#columns.albumOf[this.#row] ?? 0] ?? 0)
  }
  get artistId() {
    const { albums, artists, albumOf } = this.#columns
    return BigInt(artists.persistentId[albums.artist[albumOf[this.#row] ?? 0] ?? 0] ?? 0)
  }
  get trackNumber() {
    return this.#number('trackNumber')
  }
  get trackCount() {
    return this.#number('trackCount')
  }
  get discNumber() {
    return this.#number('discNumber')
  }
  get discCount() {
    return this.#number('discCount')
  }
  get year() {
    return this.#number('year')
  }
  get bpm() {
    return this.#number('bpm')
  }
  get isCompilation() {
    return this.#number('isCompilation') === 1
  }
  get durationMs() {
    return this.#number('durationMs')
  }
  get sizeBytes() {
    return this.#number('sizeBytes')
  }
  get bitrateKbps() {
    return this.#number('bitrateKbps')
  }
  get sampleRateHz() {
    return this.#number('sampleRateHz')
  }
  get bitsPerSample() {
    return this.#number('bitsPerSample')
  }
  get channels() {
    return this.#number('channels')
  }
  get format() {
    return this.#text('format')
  }
  get codec() {
    return this.#text('codec') as Codec
  }
  get hasArtwork() {
    return this.#number('hasArtwork') === 1
  }
  get hasLyrics() {
    return this.#number('hasLyrics') === 1
  }
  get mediaKind() {
    return this.#number('mediaKind')
  }
  get addedAt() {
    return this.#number('addedAt')
  }
  get modifiedAt() {
    return this.#number('modifiedAt')
  }
  get releasedAt() {
    return this.#number('releasedAt')
  }
  get lastPlayedAt() {
    return this.#number('lastPlayedAt')
  }
  get lastSkippedAt() {
    return this.#number('lastSkippedAt')
  }
  get playCount() {
    return this.#number('playCount')
  }
  get skipCount() {
    return this.#number('skipCount')
  }
  get ratingPercent() {
    return this.#number('ratingPercent')
  }
  get likedState() {
    return this.#number('likedState') as LikedState
  }
  get leadInSamples() {
    return this.#number('leadInSamples')
  }
  get paddingSamples() {
    return this.#number('paddingSamples')
  }
  get totalSamples() {
    return this.#number('totalSamples')
  }
  get replayGain(): ReplayGain | undefined {
    const gain: { -readonly [Name in keyof ReplayGain]: ReplayGain[Name] } = {}
    let isKnown = false
    for (const name of ['trackGainDb', 'trackPeak', 'albumGainDb', 'albumPeak'] as const) {
      const value = this.#gain(name)
      if (value === undefined) continue
      gain[name] = value
      isKnown = true
    }
    return isKnown ? gain : undefined
  }

  /** All fields as a plain object, ids in decimal: for JSON and for looking at in tests. */
  toJSON(): Record<keyof Song, unknown> {
    const plain = Object.fromEntries(
      Object.entries(Object.getOwnPropertyDescriptors(RowSong.prototype))
        .filter(([, { get }]) => get !== undefined)
        .map(([name, { get }]) => [name, get?.call(this)])
        .map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
    )
    return plain as Record<keyof Song, unknown>
  }
}
