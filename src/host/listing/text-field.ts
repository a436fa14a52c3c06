import { headerBytes, type RowField, type Run } from './row-field.ts'

export interface TextSource {
  /** Row → number of its text. */
  readonly column: Uint32Array
  /** Text n is UTF-8 from `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Uint32Array
  readonly utf8: Uint8Array
}

/** Texts of a column; empty ones are left out unless they are always sent. */
export function textField(
  letters: number,
  { column, starts, utf8 }: TextSource,
  isAlwaysSent: boolean,
): RowField {
  const texts = new DataView(utf8.buffer, utf8.byteOffset, utf8.byteLength)
  return {
    source: column,
    addSizes: (run, sizes) => addTextSizes(column, starts, isAlwaysSent, run, sizes),
    write: (run, places, { view }) =>
      writeTexts(letters, column, starts, texts, isAlwaysSent, run, places, view),
  }
}

// The loops stand by themselves and get all they touch as arguments: so the engine keeps it in registers.

function addTextSizes(
  column: Uint32Array,
  starts: Uint32Array,
  isAlwaysSent: boolean,
  { rows, from, count }: Run,
  sizes: Uint32Array,
): void {
  for (let at = 0; at < count; at++) {
    const text = column[rows[from + at] ?? 0] ?? 0
    const length = (starts[text + 1] ?? 0) - (starts[text] ?? 0)
    if (length > 0 || isAlwaysSent) sizes[at] = (sizes[at] ?? 0) + headerBytes + length
  }
}

function writeTexts(
  letters: number,
  column: Uint32Array,
  starts: Uint32Array,
  texts: DataView,
  isAlwaysSent: boolean,
  { rows, from, count }: Run,
  places: Uint32Array,
  view: DataView,
): void {
  for (let at = 0; at < count; at++) {
    const text = column[rows[from + at] ?? 0] ?? 0
    const start = starts[text] ?? 0
    const length = (starts[text + 1] ?? 0) - start
    if (length === 0 && !isAlwaysSent) continue
    const place = places[at] ?? 0
    view.setUint32(place, letters)
    view.setUint32(place + 4, length)
    copyText(texts, start, view, place + headerBytes, length)
    places[at] = place + headerBytes + length
  }
}

/** Most texts are a few words: four bytes at a time beat a call of `set`. The last four may overlap those before. */
function copyText(from: DataView, start: number, to: DataView, place: number, length: number): void {
  if (length < 4) {
    for (let at = 0; at < length; at++) to.setUint8(place + at, from.getUint8(start + at))
    return
  }
  const last = length - 4
  for (let at = 0; at < last; at += 4) to.setInt32(place + at, from.getInt32(start + at, true), true)
  to.setInt32(place + last, from.getInt32(start + last, true), true)
}
