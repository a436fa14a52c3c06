// A DMAP tree as values: pairs of code and value, in wire order.

import type { ContentCode, contentCodes, DmapType } from './content-codes.ts'

interface ValueByType {
  uint8: number
  int8: number
  uint16: number
  int16: number
  uint32: number
  int32: number
  uint64: bigint
  int64: bigint
  string: string
  /** Unix seconds. */
  date: number
  /** major << 16 | minor: 3.12 is 0x0003000c. */
  version: number
  container: DmapContainer
  names: DmapNames
  raw: Uint8Array
}

type TypeOf<Code extends ContentCode> = (typeof contentCodes)[Code][1]
export type ValueOf<Code extends ContentCode> = ValueByType[TypeOf<Code>]

/** The codes whose values look alike in TypeScript. */
type CodesWith<Value> = {
  [Code in ContentCode]: ValueOf<Code> extends Value ? (Value extends ValueOf<Code> ? Code : never) : never
}[ContentCode]
type NodeWith<Value> = readonly [CodesWith<Value>, Value]

/**
 * A node whose code is in our table. A pair, not a key of an object: codes repeat (`mlit`).
 * One member per kind of value and not per code: with hundreds of members each list literal takes seconds to check.
 */
export type KnownNode =
  | NodeWith<number>
  | NodeWith<bigint>
  | NodeWith<string>
  | NodeWith<Uint8Array>
  | readonly [
      { [Code in ContentCode]: TypeOf<Code> extends 'container' ? Code : never }[ContentCode],
      DmapContainer,
    ]
  | readonly [{ [Code in ContentCode]: TypeOf<Code> extends 'names' ? Code : never }[ContentCode], DmapNames]

/** Four Latin-1 letters that the table lacks. A stranger's packet is news, not a failure. */
export type UnknownCode = string & { readonly isUnknownCode: true }
export type UnknownNode = readonly [code: UnknownCode, value: Uint8Array]

export type DmapNode = KnownNode | UnknownNode

/** An interface, since that lets the type speak of itself. */
export interface DmapContainer extends ReadonlyArray<DmapNode> {}

/** The browse lists (`abar`, `abal`, `abgn`, `abcp`): their `mlit` are bare strings. */
export type DmapNames = readonly (readonly ['mlit', string])[]

/** How deep containers may nest; real answers need five levels. */
export const deepestNesting = 16

/** Every value type that is a number, by its width on the wire. */
export const widthOf: Readonly<Partial<Record<DmapType, 1 | 2 | 4 | 8>>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  date: 4,
  version: 4,
  uint64: 8,
  int64: 8,
}

/** The first value of a code among these nodes, or undefined. */
export function child<Code extends ContentCode>(
  nodes: DmapContainer | DmapNames,
  code: Code,
): ValueOf<Code> | undefined {
  for (const node of nodes) if (node[0] === code) return node[1] as ValueOf<Code>
  return undefined
}

/** All values of a code among these nodes, in order. */
export function children(nodes: DmapNames, code: 'mlit'): string[]
export function children<Code extends ContentCode>(nodes: DmapContainer, code: Code): ValueOf<Code>[]
export function children(nodes: DmapContainer | DmapNames, code: ContentCode): unknown[] {
  const values: unknown[] = []
  for (const node of nodes) if (node[0] === code) values.push(node[1])
  return values
}
