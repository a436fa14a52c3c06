// The columns of a library in memory, made from its songs.

import type {
  Album,
  Artist,
  GroupTable,
  ReplayGain,
  Song,
  SongId,
  SongNumber,
  SongTable,
  SongText,
} from '../../src/library/index.ts'

export function tableOf(songs: readonly Song[]): SongTable {
  const strings = collectStrings()
  const [texts, numbers, ids]: [string[], string[], string[]] = [[], [], []]
  for (const [field, value] of Object.entries(songs[0] ?? {})) {
    if (typeof value === 'bigint') ids.push(field)
    else if (typeof value === 'string') texts.push(field)
    else if (typeof value === 'number' || typeof value === 'boolean') numbers.push(field)
  }
  const columns = <Field extends string, Column>(fields: string[], make: (field: Field) => Column) =>
    Object.fromEntries(fields.map((field) => [field, make(field as Field)])) as Record<Field, Column>
  return {
    count: songs.length,
    texts: columns(texts, (field: SongText) =>
      Uint32Array.from(songs, (song) => strings.number(song[field])),
    ),
    numbers: columns(numbers, (field: SongNumber) => Float64Array.from(songs, (song) => Number(song[field]))),
    ids: columns(ids, (field: SongId) => ({ values: BigUint64Array.from(songs, (song) => song[field]) })),
    gains: {
      trackGainDb: gains(songs, 'trackGainDb'),
      trackPeak: gains(songs, 'trackPeak'),
      albumGainDb: gains(songs, 'albumGainDb'),
      albumPeak: gains(songs, 'albumPeak'),
    },
    strings: strings.table(),
  }
}

/** Rows are places in the list. */
export function groupTableOf(groups: readonly (Album | Artist)[]): GroupTable {
  const strings = collectStrings()
  const numbers = (valueOf: (group: Album | Artist) => number) => Float64Array.from(groups, valueOf)
  return {
    texts: {
      name: Uint32Array.from(groups, ({ name }) => strings.number(name)),
      artist: Uint32Array.from(groups, (group) =>
        strings.number('artist' in group ? group.artist : group.name),
      ),
    },
    numbers: {
      id: numbers(({ id }) => id),
      songCount: numbers(({ songCount }) => songCount),
      albumCount: numbers((group) => ('albumCount' in group ? group.albumCount : 0)),
      durationMs: numbers((group) => ('durationMs' in group ? group.durationMs : 0)),
      year: numbers((group) => ('year' in group ? group.year : 0)),
      isCompilation: numbers((group) => Number('isCompilation' in group && group.isCompilation)),
    },
    ids: {
      persistentId: { values: BigUint64Array.from(groups, ({ persistentId }) => persistentId) },
      artistId: {
        values: BigUint64Array.from(groups, (group) =>
          'artistId' in group ? group.artistId : group.persistentId,
        ),
      },
    },
    strings: strings.table(),
  }
}

function gains(songs: readonly Song[], name: keyof ReplayGain): Float32Array {
  return Float32Array.from(songs, ({ replayGain }) => replayGain?.[name] ?? Number.NaN)
}

function collectStrings() {
  const numbers = new Map([['', 0]])
  return {
    number(text: string): number {
      const known = numbers.get(text)
      if (known === undefined) numbers.set(text, numbers.size)
      return known ?? numbers.size - 1
    },
    table(): SongTable['strings'] {
      const all = [...numbers.keys()].map((text) => Buffer.from(text))
      const starts = Uint32Array.of(0, ...all.map(({ length }) => length))
      for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0)
      return { utf8: new Uint8Array(Buffer.concat(all)), starts }
    },
  }
}
