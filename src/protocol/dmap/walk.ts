// Goes through DMAP bytes element by element, so that a reader can say where in a packet it is.

import { KnownError } from '../../errors.ts'
import { contentCodes, type DmapType, isContentCode } from './content-codes.ts'
import { deepestNesting } from './node.ts'

export interface WalkedElement {
  /** Four Latin-1 letters. */
  readonly code: string
  /** What the table says; undefined for a code that it lacks. A `mlit` in a browse list is a string. */
  readonly type: DmapType | undefined
  /** Where the element starts, bytes from the start of the packet; its value starts 8 later. */
  readonly offset: number
  readonly valueOffset: number
  /** Of the value, bytes. */
  readonly length: number
  /** 0 for the outermost. The elements inside a container follow it, one deeper. */
  readonly depth: number
}

const headerBytes = 8

/**
 * Yields each element before those inside it. Nothing is allocated by a length that the packet names.
 *
 * Fails   BAD_PACKET with the offset: a header cut short, a value longer than what encloses it, too deep.
 * Source  docs/protocol/dmap.md, sections 1, 2 and 4.
 */
export function* walk(bytes: Uint8Array): Generator<WalkedElement, void, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  /** Containers we are inside of: where each ends, and whether its `mlit` are bare strings. */
  const open: { end: number; holdsNames: boolean }[] = []
  let offset = 0
  for (;;) {
    while (open.length > 0 && offset === open.at(-1)?.end) open.pop()
    const inside = open.at(-1)
    const end = inside?.end ?? bytes.length
    if (offset === end) return
    if (end - offset < headerBytes) throw malformed(offset, 'the header of an element is cut short')

    const code = codeAt(bytes, offset)
    const length = view.getUint32(offset + 4)
    const valueOffset = offset + headerBytes
    if (length > end - valueOffset) throw malformed(offset, `${code} is longer than what encloses it`)

    const type = typeOf(code, inside?.holdsNames ?? false)
    yield { code, type, offset, valueOffset, length, depth: open.length }

    if (type === 'container' || type === 'names') {
      if (open.length >= deepestNesting) throw malformed(offset, 'containers are nested too deep')
      open.push({ end: valueOffset + length, holdsNames: type === 'names' })
      offset = valueOffset
    } else {
      offset = valueOffset + length
    }
  }
}

function typeOf(code: string, isInNames: boolean): DmapType | undefined {
  if (isInNames && code === 'mlit') return 'string'
  return isContentCode(code) ? contentCodes[code][1] : undefined
}

function codeAt(bytes: Uint8Array, offset: number): string {
  // Latin-1: one known code (66 8d 63 68) is not ASCII.
  return String.fromCharCode(
    bytes[offset] ?? 0,
    bytes[offset + 1] ?? 0,
    bytes[offset + 2] ?? 0,
    bytes[offset + 3] ?? 0,
  )
}

export function malformed(offset: number, reason: string): KnownError {
  return new KnownError('BAD_PACKET', { offset, reason })
}
