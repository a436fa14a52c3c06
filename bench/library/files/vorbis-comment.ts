// Tags of FLAC and Ogg (xiph.org/vorbis/doc/v-comment.html).

import type { SongTags } from '../catalogue.ts'
import { uint32LittleEndian } from './bytes.ts'

export function vorbisComment(tags: SongTags, picture?: Uint8Array): Buffer {
  const fields: [name: string, value: string | number | undefined][] = [
    ['TITLE', tags.title],
    ['ARTIST', tags.artist],
    ['ALBUMARTIST', tags.albumArtist],
    ['ALBUM', tags.album],
    ['GENRE', tags.genre],
    ['DATE', tags.date],
    ['TRACKNUMBER', tags.trackNumber],
    ['TRACKTOTAL', tags.trackCount],
    ['DISCNUMBER', tags.discNumber],
    ['DISCTOTAL', tags.discCount],
    ['COMPOSER', tags.composer],
    ['COMMENT', tags.comment],
    ['GROUPING', tags.grouping],
    ['LYRICS', tags.lyrics],
    ['BPM', tags.bpm],
    ['TITLESORT', tags.titleSort],
    ['ARTISTSORT', tags.artistSort],
    ['ALBUMARTISTSORT', tags.albumArtistSort],
    ['COMPILATION', tags.isCompilation ? 1 : undefined],
    ['RATING', tags.stars && tags.stars * 20],
    ['REPLAYGAIN_TRACK_GAIN', tags.trackGainDb && `${tags.trackGainDb.toFixed(2)} dB`],
    ['REPLAYGAIN_TRACK_PEAK', tags.trackPeak?.toFixed(6)],
    ['METADATA_BLOCK_PICTURE', picture && flacPicture(picture).toString('base64')],
  ]
  const lines = fields.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${value}`)
  return Buffer.concat([sized('tonearm bench'), uint32LittleEndian(lines.length), ...lines.map(sized)])
}

/** The content of FLAC's picture block (RFC 9639, section 8.8): a front cover. */
export function flacPicture(png: Uint8Array): Buffer {
  const mime = Buffer.from('image/png')
  const head = Buffer.alloc(8)
  head.writeUInt32BE(3)
  head.writeUInt32BE(mime.length, 4)
  const tail = Buffer.alloc(24) // no description; width, height and depth unknown
  tail.writeUInt32BE(png.length, 20)
  return Buffer.concat([head, mime, tail, png])
}

function sized(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([uint32LittleEndian(bytes.length), bytes])
}
