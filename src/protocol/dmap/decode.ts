// DMAP bytes to a tree. Lenient: numbers of any width, unknown codes kept as raw bytes.

import type { ContentCode, DmapType } from './content-codes.ts'
import type { DmapContainer, DmapNode } from './node.ts'
import { malformed, type WalkedElement, walk } from './walk.ts'

/** ignoreBOM keeps a byte order mark as the character that it is, so that nothing is lost on the way. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * The nodes of a packet: one for an answer, a run of them for the body of a request.
 *
 * Fails   BAD_PACKET with the offset where the bytes stop making sense.
 * Source  docs/protocol/dmap.md, section 2: the length says the width, the table only sign and meaning.
 */
export function decode(bytes: Uint8Array): DmapContainer {
  const roots: DmapNode[] = []
  /** The list that elements of each depth are put in. */
  const lists: DmapNode[][] = [roots]
  for (const element of walk(bytes)) {
    const value = valueOf(bytes, element)
    // The type of each value follows from the table by which it was read.
    lists[element.depth]?.push([element.code as ContentCode, value] as DmapNode)
    if (Array.isArray(value)) lists[element.depth + 1] = value
  }
  return roots
}

function valueOf(bytes: Uint8Array, element: WalkedElement): unknown {
  const { type, valueOffset, length } = element
  if (type === 'container' || type === 'names') return []
  const value = bytes.subarray(valueOffset, valueOffset + length)
  if (type === 'string') return textOf(value)
  // A copy, so that a small value does not keep a large packet alive.
  if (type === undefined || type === 'raw') return value.slice()
  return numberOf(value, type, element.offset)
}

/** Without the NULs that Apple TV puts behind names. */
function textOf(value: Uint8Array): string {
  let end = value.length
  while (end > 0 && value[end - 1] === 0) end -= 1
  return utf8.decode(value.subarray(0, end))
}

function numberOf(value: Uint8Array, type: DmapType, offset: number): number | bigint {
  if (value.length > 8) throw malformed(offset, `a number of ${value.length} bytes`)
  const isSigned = type === 'int8' || type === 'int16' || type === 'int32' || type === 'int64'
  const isWide = type === 'uint64' || type === 'int64'
  if (!isWide && value.length <= 4) return smallNumber(value, isSigned)
  let number = 0n
  for (const byte of value) number = (number << 8n) | BigInt(byte)
  if (isSigned) number = BigInt.asIntN(value.length * 8, number)
  return isWide ? number : Number(number)
}

function smallNumber(value: Uint8Array, isSigned: boolean): number {
  let number = 0
  for (const byte of value) number = number * 256 + byte
  const range = 2 ** (value.length * 8)
  return isSigned && number >= range / 2 ? number - range : number
}
