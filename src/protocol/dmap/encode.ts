// A tree to DMAP bytes in two passes: the length of it all, then one buffer that is filled.

import { type ContentCode, contentCodes, type DmapType, isContentCode } from './content-codes.ts'
import { type DmapContainer, type DmapNames, type DmapNode, widthOf } from './node.ts'

const headerBytes = 8
const utf8 = new TextEncoder()

type AnyNode = readonly [code: string, value: unknown]

/** One node, usually a whole answer. Numbers that do not fit their width are clipped to it. */
export function encode(node: DmapNode): Uint8Array<ArrayBuffer> {
  return encodeAll([node])
}

/** A run of nodes without an outer one, as some request bodies are. */
export function encodeAll(nodes: DmapContainer): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthOfAll(nodes))
  writeAll({ bytes, view: new DataView(bytes.buffer) }, 0, nodes)
  return bytes
}

/** A container's eight bytes in front of what it holds. */
export function containerHeader(code: ContentCode, lengthBytes: number): Uint8Array {
  const header = new Uint8Array(headerBytes)
  const view = new DataView(header.buffer)
  view.setUint32(0, factsOf(code).letters)
  view.setUint32(4, lengthBytes)
  return header
}

/** Bytes that a string takes on the wire; a lone surrogate becomes U+FFFD. */
export function utf8Length(text: string): number {
  let length = text.length
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) continue
    if (unit < 0x800) {
      length += 1
      continue
    }
    length += 2
    // A pair of surrogates is four bytes for two units.
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(index + 1))) index += 1
  }
  return length
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

// --- codes

export interface CodeFacts {
  /** The four letters as they stand on the wire, big-endian. */
  readonly letters: number
  readonly type: DmapType
}

const knownFacts = new Map<string, CodeFacts>()

/** A code as the wire has it; unknown ones are raw. */
export function factsOf(code: string): CodeFacts {
  const known = knownFacts.get(code)
  if (known !== undefined) return known
  if (!isContentCode(code)) return { letters: lettersOf(code), type: 'raw' }
  const facts = { letters: lettersOf(code), type: contentCodes[code][1] }
  knownFacts.set(code, facts)
  return facts
}

function lettersOf(code: string): number {
  let letters = 0
  for (let index = 0; index < 4; index += 1) letters = letters * 256 + (code.charCodeAt(index) & 0xff)
  return letters
}

// --- first pass

function lengthOfAll(nodes: DmapContainer | DmapNames): number {
  let length = 0
  for (const [code, value] of nodes as readonly AnyNode[]) length += headerBytes + lengthOf(code, value)
  return length
}

function lengthOf(code: string, value: unknown): number {
  if (typeof value === 'string') return utf8Length(value)
  if (value instanceof Uint8Array) return value.length
  if (Array.isArray(value)) return lengthOfAll(value as unknown as DmapContainer)
  return widthOf[factsOf(code).type] ?? 0
}

// --- second pass

interface Target {
  readonly bytes: Uint8Array
  readonly view: DataView
}

/** Writes from `at` on and returns where it ended. */
function writeAll(target: Target, at: number, nodes: DmapContainer | DmapNames): number {
  let offset = at
  for (const [code, value] of nodes as readonly AnyNode[]) {
    const facts = factsOf(code)
    target.view.setUint32(offset, facts.letters)
    const end = writeValue(target, offset + headerBytes, facts.type, value)
    target.view.setUint32(offset + 4, end - offset - headerBytes)
    offset = end
  }
  return offset
}

function writeValue(target: Target, at: number, type: DmapType, value: unknown): number {
  if (typeof value === 'string') return writeText(target, at, value)
  if (Array.isArray(value)) return writeAll(target, at, value as unknown as DmapContainer)
  if (value instanceof Uint8Array) {
    target.bytes.set(value, at)
    return at + value.length
  }
  return writeNumber(target.view, at, type, value as number | bigint)
}

function writeText({ bytes }: Target, at: number, text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit >= 0x80)
      return at + index + utf8.encodeInto(text.slice(index), bytes.subarray(at + index)).written
    bytes[at + index] = unit
  }
  return at + text.length
}

function writeNumber(view: DataView, at: number, type: DmapType, value: number | bigint): number {
  switch (type) {
    case 'uint8':
      view.setUint8(at, clipped(value, 0, 0xff))
      return at + 1
    case 'int8':
      view.setInt8(at, clipped(value, -0x80, 0x7f))
      return at + 1
    case 'uint16':
      view.setUint16(at, clipped(value, 0, 0xffff))
      return at + 2
    case 'int16':
      view.setInt16(at, clipped(value, -0x8000, 0x7fff))
      return at + 2
    case 'int32':
      view.setInt32(at, clipped(value, -0x8000_0000, 0x7fff_ffff))
      return at + 4
    case 'uint64':
    case 'int64':
      view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)))
      return at + 8
    case 'uint32':
    case 'date':
    case 'version':
      view.setUint32(at, clipped(value, 0, 0xffff_ffff))
      return at + 4
    default:
      throw new TypeError(`${type} is not a number`)
  }
}

/** A tag may claim track 70,000: the largest number that fits says more than the rest of a division. */
function clipped(value: number | bigint, least: number, most: number): number {
  const number = Math.trunc(Number(value))
  return Number.isNaN(number) ? 0 : Math.min(Math.max(number, least), most)
}
