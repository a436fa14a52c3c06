// The library as a player is told it that cannot play everything: songs that are sent as WAV are listed as WAV.

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Codec, SongTable } from '../../library/index.ts'
import { type PlayedCodecs, wavFormOf } from './wav-form.ts'

/** Clients that differ in what they play; they may say so themselves. */
const mostKinds = 8
/** Some tenths of a millisecond. */
const rowsPerTurn = 2048

const made = new WeakMap<SongTable, Map<string, Promise<SongTable>>>()

/** The table itself for those who play whatever there is; else made once per view and kind of client. */
export function playedTable(table: SongTable, played: PlayedCodecs): SongTable | Promise<SongTable> {
  if (played === undefined || !played.has('wav')) return table
  const known = made.get(table) ?? new Map<string, Promise<SongTable>>()
  const key = playedKey(played)
  const of = known.get(key) ?? withWavs(table, played)
  if (known.size >= mostKinds) known.clear()
  made.set(table, known.set(key, of))
  return of
}

export function playedKey(played: PlayedCodecs): string {
  return played === undefined ? '' : [...played].toSorted().join()
}

async function withWavs(table: SongTable, played: PlayedCodecs): Promise<SongTable> {
  const { texts, numbers, count } = table
  const textOf = textReader(table)
  const [format, codec] = [texts.format.slice(), texts.codec.slice()]
  const [sizeBytes, bitrateKbps] = [
    Float64Array.from(numbers.sizeBytes),
    Uint32Array.from(numbers.bitrateKbps),
  ]
  const [leadInSamples, paddingSamples] = [numbers.leadInSamples.slice(), numbers.paddingSamples.slice()]
  const strings = appended(table.strings, ['wav', 'pcm'])
  const [wav, pcm] = [table.strings.starts.length - 1, table.strings.starts.length]
  for (let row = 0; row < count; row++) {
    const song = {
      codec: textOf(codec[row] ?? 0) as Codec,
      format: textOf(format[row] ?? 0),
      durationMs: numbers.durationMs[row] ?? 0,
      sampleRateHz: numbers.sampleRateHz[row] ?? 0,
    }
    const form = wavFormOf(song, played)
    if (form) {
      format[row] = wav
      codec[row] = pcm
      sizeBytes[row] = form.sizeBytes
      bitrateKbps[row] = form.bitrateKbps
      leadInSamples[row] = 0 // dropped by the decoder
      paddingSamples[row] = 0
    }
    if (row % rowsPerTurn === rowsPerTurn - 1) await nextTurn()
  }
  return {
    ...table,
    strings,
    texts: { ...texts, format, codec },
    numbers: { ...numbers, sizeBytes, bitrateKbps, leadInSamples, paddingSamples },
  }
}

function appended({ utf8, starts }: SongTable['strings'], texts: readonly string[]): SongTable['strings'] {
  const used = starts.at(-1) ?? 0
  const more = texts.map((text) => Buffer.from(text))
  const ends = more.map((_, at) => more.slice(0, at + 1).reduce((sum, { length }) => sum + length, used))
  return {
    utf8: new Uint8Array(Buffer.concat([utf8.subarray(0, used), ...more])),
    starts: joined(starts, ends),
  }
}

function joined(starts: Uint32Array, ends: readonly number[]): Uint32Array {
  const all = new Uint32Array(starts.length + ends.length)
  all.set(starts)
  all.set(ends, starts.length)
  return all
}

/** Texts by number, each decoded once: there are few formats and codecs. */
export function textReader({ strings: { utf8, starts } }: SongTable): (text: number) => string {
  const bytes = Buffer.from(utf8.buffer, utf8.byteOffset, utf8.byteLength)
  const known = new Map<number, string>()
  return (text) => {
    let decoded = known.get(text)
    if (decoded === undefined) {
      decoded = bytes.toString('utf8', starts[text], starts[text + 1])
      known.set(text, decoded)
    }
    return decoded
  }
}
