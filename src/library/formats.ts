// File endings that are music, and what is in them.

import type { Codec } from './items.ts'

/** ending → the name DAAP gives it (asfm), which is also the ending in stream paths. */
export const formatOfEnding: Readonly<Record<string, string>> = {
  mp3: 'mp3',
  mp2: 'mp2',
  m4a: 'm4a',
  m4b: 'm4a',
  mp4: 'm4a',
  aac: 'aac',
  flac: 'flac',
  ogg: 'ogg',
  oga: 'ogg',
  opus: 'opus',
  spx: 'spx',
  wav: 'wav',
  wave: 'wav',
  aif: 'aif',
  aiff: 'aif',
  aifc: 'aif',
  wma: 'wma',
  ape: 'ape',
  wv: 'wv',
  mpc: 'mpc',
  dsf: 'dsf',
  dff: 'dff',
  mka: 'mka',
  weba: 'weba',
}

/** The ending of a file name in lower case, without its dot; '' when there is none. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase()
}

const playlistEndings: ReadonlySet<string> = new Set(['m3u', 'm3u8', 'pls', 'xspf'])

export function isPlaylistName(name: string): boolean {
  return playlistEndings.has(endingOf(name))
}

/** First row whose words occur in what music-metadata says of container and codec. */
const codecRows: readonly (readonly [words: RegExp, codec: Codec])[] = [
  [/alac/i, 'alac'],
  [/aac|mp4a|adts/i, 'aac'],
  [/mpeg.*layer|^mpeg|\bmp[123]\b/i, 'mpeg'],
  [/flac/i, 'flac'],
  [/opus/i, 'opus'],
  [/vorbis/i, 'vorbis'],
  [/windows media|wma|asf/i, 'wma'],
  [/monkey/i, 'ape'],
  [/musepack/i, 'musepack'],
  [/wavpack/i, 'wavpack'],
  [/dsd|dsf/i, 'dsd'],
  [/pcm|sowt|twos|float|fl32|fl64/i, 'pcm'],
]

export function codecOf(container: string, codec: string): Codec {
  const ofCodec = codecRows.find(([words]) => words.test(codec))?.[1]
  const ofContainer = codecRows.find(([words]) => words.test(container))?.[1]
  // WavPack's samples are said to be PCM, which is what is packed.
  return (ofCodec === 'pcm' ? (ofContainer ?? ofCodec) : (ofCodec ?? ofContainer)) ?? 'other'
}

/** Pictures beside the music, best first. */
const pictureNames = ['cover', 'folder', 'front', 'album', 'albumart', 'artwork']
const pictureEndings = ['jpg', 'jpeg', 'png', 'webp']

/** The folder's cover among its file names, or undefined. */
export function folderPicture(names: readonly string[]): string | undefined {
  let best: string | undefined
  let bestRank = Number.POSITIVE_INFINITY
  for (const name of names) {
    const ending = endingOf(name)
    const endingRank = pictureEndings.indexOf(ending)
    if (endingRank < 0) continue
    const nameRank = pictureNames.indexOf(name.slice(0, -ending.length - 1).toLowerCase())
    const rank = nameRank * pictureEndings.length + endingRank
    if (nameRank >= 0 && rank < bestRank) {
      best = name
      bestRank = rank
    }
  }
  return best
}
