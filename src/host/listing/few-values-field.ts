import { headerBytes, type RowField } from './row-field.ts'

/** The same bytes in every song; `source` tells how many songs there are. */
export function sameField(letters: number, value: Uint8Array, source: object): RowField {
  const size = headerBytes + value.length
  const field = new Uint8Array(size)
  const header = new DataView(field.buffer)
  header.setUint32(0, letters)
  header.setUint32(4, value.length)
  field.set(value, headerBytes)
  return {
    source,
    addSizes({ count }, sizes) {
      for (let at = 0; at < count; at++) sizes[at] = (sizes[at] ?? 0) + size
    },
    write({ count }, places, { bytes }) {
      for (let at = 0; at < count; at++) {
        const place = places[at] ?? 0
        for (let index = 0; index < size; index++) bytes[place + index] = field[index] ?? 0
        places[at] = place + size
      }
    },
  }
}

/** Made from a column that has few distinct texts, such as the codec; always sent. `valueOf` gets a text's number. */
export function fewValuesField(
  letters: number,
  column: Uint32Array,
  valueOf: (text: number) => Uint8Array,
): RowField {
  const values = new Map<number, Uint8Array>()
  // Neighbours mostly have the same.
  let lastText = -1
  let last: Uint8Array = new Uint8Array(0)

  function choose(text: number): void {
    lastText = text
    last = values.get(text) ?? valueOf(text)
    values.set(text, last)
  }

  return {
    source: column,
    addSizes({ rows, from, count }, sizes) {
      for (let at = 0; at < count; at++) {
        const text = column[rows[from + at] ?? 0] ?? 0
        if (text !== lastText) choose(text)
        sizes[at] = (sizes[at] ?? 0) + headerBytes + last.length
      }
    },
    write({ rows, from, count }, places, { bytes, view }) {
      for (let at = 0; at < count; at++) {
        const text = column[rows[from + at] ?? 0] ?? 0
        if (text !== lastText) choose(text)
        const place = places[at] ?? 0
        view.setUint32(place, letters)
        view.setUint32(place + 4, last.length)
        for (let index = 0; index < last.length; index++)
          bytes[place + headerBytes + index] = last[index] ?? 0
        places[at] = place + headerBytes + last.length
      }
    },
  }
}
