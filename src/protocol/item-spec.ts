// How a client points at one thing: specs in a URL, and the four ids of `canp` and `ceQs`.

import { parseId } from './ids.ts'

export interface Spec {
  /** `dmap.persistentid`, `dmap.itemid` or `dmap.containeritemid`. */
  readonly field: string
  readonly id: bigint
}

// Trimmed beforehand: with spaces in it, a hostile text of 60 KB would take seconds to refuse.
const spec = /^'?([a-z0-9.-]+):([^']*)'?$/i

/** Reads `'dmap.persistentid:0x…'`, with or without its quotes; undefined when it is none. */
export function parseSpec(text: string): Spec | undefined {
  const match = spec.exec(text.trim())
  const id = parseId(match?.[2] ?? '')
  return match?.[1] === undefined || id === undefined ? undefined : { field: match[1], id }
}

export function printSpec({ field, id }: Spec): string {
  return field === 'dmap.persistentid' ? `'${field}:0x${id.toString(16).toUpperCase()}'` : `'${field}:${id}'`
}

/** What plays, as `canp` says it; unsigned 32-bit each, 0 where there is none. */
export interface ItemSpec {
  readonly databaseId: number
  readonly containerId: number
  readonly containerItemId: number
  readonly itemId: number
}

const itemSpecBytes = 16

export function packItemSpec(ids: ItemSpec): Uint8Array {
  const bytes = new Uint8Array(itemSpecBytes)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, ids.databaseId)
  view.setUint32(4, ids.containerId)
  view.setUint32(8, ids.containerItemId)
  view.setUint32(12, ids.itemId)
  return bytes
}

/** Undefined when the value is not sixteen bytes long. */
export function unpackItemSpec(bytes: Uint8Array): ItemSpec | undefined {
  if (bytes.length !== itemSpecBytes) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return {
    databaseId: view.getUint32(0),
    containerId: view.getUint32(4),
    containerItemId: view.getUint32(8),
    itemId: view.getUint32(12),
  }
}
