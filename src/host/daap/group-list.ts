// Albums or artists as a DMAP list, read from the library's columns as songs are (song-list.ts).

import type { GroupListing, GroupNumber, GroupTable } from '../../library/index.ts'
import { type ContentCode, contentCodes, encodeAll, factsOf, widthOf } from '../../protocol/index.ts'
import type { DmapBytes, EndpointContext } from '../endpoint.ts'
import { encodedList, isShort, shortListBytes } from '../listing/list-answer.ts'
import { listBody } from '../listing/list-body.ts'
import { lengthOfSome } from '../listing/list-length.ts'
import { idField, numberField } from '../listing/number-field.ts'
import { rowEncoder } from '../listing/row-encoder.ts'
import type { RowField, Run } from '../listing/row-field.ts'
import { textField } from '../listing/text-field.ts'
import { countNodes, headerNodes, wantedHeaders, windowOf } from './list-window.ts'
import { wantedCodes } from './meta.ts'

type GroupField =
  | { readonly text: keyof GroupTable['texts'] }
  | { readonly number: GroupNumber }
  | { readonly id: keyof GroupTable['ids'] }

/** In the order in which they are written. `miid` serves artwork only; `mper` is what queries carry. */
const groupFields = {
  miid: { number: 'id' },
  minm: { text: 'name' },
  mper: { id: 'persistentId' },
  mimc: { number: 'songCount' },
  asaa: { text: 'artist' },
  agac: { number: 'albumCount' },
  asri: { id: 'artistId' },
  astm: { number: 'durationMs' },
  asyr: { number: 'year' },
  asco: { number: 'isCompilation' },
} as const satisfies Partial<Record<ContentCode, GroupField>>

type GroupCode = keyof typeof groupFields
const groupCodes = Object.keys(groupFields) as GroupCode[]

/** The group's id, its count of songs and its artist are sent whatever `meta` says (OwnTone). */
const alwaysSent: ReadonlySet<GroupCode> = new Set(['miid', 'mimc', 'asaa'])
/** What `meta` can choose; zero or empty they are left out. */
const chosen: ReadonlySet<ContentCode> = new Set(groupCodes.filter((code) => !alwaysSent.has(code)))

export async function groupListAnswer(
  root: 'agal' | 'agar',
  { rows, table, length, sortHeaders }: GroupListing<unknown>,
  { query, signal }: Pick<EndpointContext, 'query' | 'signal'>,
): Promise<DmapBytes> {
  const wanted = wantedCodes(query.get('meta'), chosen) ?? chosen
  const fields = groupCodes
    .filter((code) => alwaysSent.has(code) || wanted.has(code))
    .flatMap((code) => fieldIn(table, code) ?? [])
  const encoder = rowEncoder(factsOf('mlit').letters, fields)
  const window = windowOf(query.get('index'), length)
  const run: Run = { rows, from: window.from, count: window.to - window.from }
  const before = encodeAll(countNodes(length, window))
  const behind = encodeAll(headerNodes({ length, sortHeaders }, window, wantedHeaders(query)))
  const parts = { root, encoder, run, before, behind }
  if (isShort(run.count)) return { dmap: shortListBytes(parts) }
  const rowsBytes = await lengthOfSome(encoder, run, signal)
  return { dmap: listBody(encodedList({ ...parts, rowsBytes })) }
}

/** Undefined for what this kind of group does not have. */
function fieldIn(table: GroupTable, code: GroupCode): RowField | undefined {
  const field: GroupField = groupFields[code]
  const { letters } = factsOf(code)
  const isAlwaysSent = alwaysSent.has(code)
  if ('text' in field)
    return textField(letters, { ...table.strings, column: table.texts[field.text] }, isAlwaysSent)
  if ('id' in field) return idField(letters, table.ids[field.id])
  const column = table.numbers[field.number]
  const width = widthOf[contentCodes[code][1]]
  if (width === undefined) throw new TypeError(`${code} is not a number`)
  return column && numberField({ letters, width, isAlwaysSent }, column)
}
