// Songs to bytes: the fields of song-fields.ts, read from the library's columns.

import type { Codec, SongTable } from '../../library/index.ts'
import { type ContentCode, contentCodes, encode, factsOf, widthOf } from '../../protocol/index.ts'
import { fewValuesField, sameField } from '../listing/few-values-field.ts'
import { entryField, idField, type NumberForm, numberField } from '../listing/number-field.ts'
import { type RowEncoder, rowEncoder } from '../listing/row-encoder.ts'
import { headerBytes, type RowField } from '../listing/row-field.ts'
import { textField } from '../listing/text-field.ts'
import { textReader } from './played-table.ts'
import { alwaysSent, type SongCode, type SongField, songFields } from './song-fields.ts'

/** The entry's own id in its playlist; last of all fields. */
export const entryCode = 'mcti'

export interface SongEncoder extends RowEncoder {
  /** By content code. */
  readonly fieldOf: ReadonlyMap<string, RowField>
  /** Whose entry ids it writes: those 'of a playlist' make it one for that playlist only. */
  readonly entries: 'none' | 'own' | 'of a playlist'
}

/**
 * `codes` in the order in which they are written.
 * `entries`: ids by place in the list; 'own' where each song is its own entry, as outside of a playlist (OwnTone).
 */
export function songEncoder(
  table: SongTable,
  codes: readonly SongCode[],
  entries?: Uint32Array | 'own',
): SongEncoder {
  const fieldOf = new Map<string, RowField>(codes.map((code) => [code, fieldIn(table, code)]))
  const letters = factsOf(entryCode).letters
  if (entries === 'own') fieldOf.set(entryCode, numberField(formOf(entryCode, true), table.numbers.id))
  else if (entries) fieldOf.set(entryCode, entryField(letters, entries))
  const kind = entries instanceof Uint32Array ? 'of a playlist' : (entries ?? 'none')
  return { ...rowEncoder(factsOf('mlit').letters, [...fieldOf.values()]), fieldOf, entries: kind }
}

function fieldIn(table: SongTable, code: SongCode): RowField {
  const field: SongField = songFields[code]
  const { letters } = factsOf(code)
  if ('text' in field)
    return textField(letters, { ...table.strings, column: table.texts[field.text] }, alwaysSent.has(code))
  if ('number' in field)
    return numberField(formOf(code, alwaysSent.has(code)), table.numbers[field.number], field.as)
  if ('gain' in field)
    return numberField(formOf(code, alwaysSent.has(code)), table.gains[field.gain], field.as)
  if ('id' in field) return idField(letters, table.ids[field.id])
  if ('same' in field) return sameField(letters, valueBytes(code, field.same), table.numbers.id)
  const { codec } = field
  const textOf = textReader(table)
  return fewValuesField(letters, table.texts.codec, (text) => valueBytes(code, codec(textOf(text) as Codec)))
}

function formOf(code: ContentCode, isAlwaysSent: boolean): NumberForm {
  const width = widthOf[contentCodes[code][1]]
  if (width === undefined) throw new TypeError(`${code} is not a number`)
  return { letters: factsOf(code).letters, width, isAlwaysSent }
}

/** A value as its code writes it, without header. */
function valueBytes(code: SongCode, value: string | number): Uint8Array {
  return encode([code, value] as Parameters<typeof encode>[0]).subarray(headerBytes)
}
