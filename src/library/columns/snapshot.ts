// The columns as a file beside the database, so that a start need not build them. It is a cache: without it, or
// when it is damaged or of another kind, they are built again, and nothing is lost.
//
// Layout, little-endian: magic (8 bytes), length and CRC-32 of the head (4 + 4), head (JSON), then the arrays it
// names, each at a multiple of 8 bytes. An array that stands in two places of the columns is written once.

import { closeSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { type Columns, foldedFields, gainColumns, numberColumns, textColumns } from './columns.ts'
import { shared } from './strings.ts'

const magic = 'tonearm\n'
const prefixBytes = 16
/** Raised when the meaning of an array changes; names and kinds of columns are compared by themselves. */
const format = 1
/** Larger than the head of any library: it names arrays, not songs. */
const mostHeadBytes = 1_000_000

/** What the columns must have been built by to be of use. */
export interface SnapshotKind {
  readonly languages: readonly string[]
  /** Drawn anew for each snapshot and kept in the database too: a file beside another database is not taken. */
  readonly stamp: number
}

const arrayTypes = { Uint8Array, Uint16Array, Uint32Array, Float32Array, Float64Array }
type ArrayName = keyof typeof arrayTypes
type Column = InstanceType<(typeof arrayTypes)[ArrayName]>
type Tree = { readonly [name: string]: number | Column | Tree }

interface Head {
  readonly kind: string
  /** Paths such as 'texts.title' to numbers, and to which of `arrays`. */
  readonly numbers: readonly (readonly [path: string, value: number])[]
  readonly columns: readonly (readonly [path: string, array: number])[]
  readonly arrays: readonly (readonly [type: ArrayName, length: number])[]
  readonly checksum: number
}

function kindOf({ languages, stamp }: SnapshotKind): string {
  const shape = [textColumns, Object.entries(numberColumns).map(([name, { array }]) => name + array.name)]
  const { icu, unicode } = process.versions
  return JSON.stringify([format, stamp, languages, icu, unicode, shape, gainColumns, foldedFields])
}

/** Replaces the file in one step, so that a reader finds the old one or the new one. */
export function writeSnapshot(file: string, columns: Columns, kind: SnapshotKind): void {
  const temporary = `${file}.new`
  const descriptor = openSync(temporary, 'w', 0o600)
  try {
    write(descriptor, columns, kindOf(kind))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
  renameSync(temporary, file)
}

function write(descriptor: number, columns: Columns, kind: string): void {
  const arrays = new Map<Column, number>()
  const paths: [string, number][] = []
  const numbers: [string, number][] = []
  for (const [path, leaf] of leaves(columns as unknown as Tree)) {
    if (typeof leaf === 'number') numbers.push([path, leaf])
    else {
      const known = arrays.get(leaf) ?? arrays.size
      arrays.set(leaf, known)
      paths.push([path, known])
    }
  }
  let checksum = 0
  for (const array of arrays.keys()) checksum = crc32(bytesOf(array), checksum)
  const head: Head = {
    kind,
    numbers,
    columns: paths,
    arrays: [...arrays.keys()].map((array) => [array.constructor.name as ArrayName, array.length]),
    checksum,
  }
  const headBytes = Buffer.from(JSON.stringify(head))
  const prefix = Buffer.alloc(prefixBytes)
  prefix.write(magic, 'latin1')
  prefix.writeUInt32LE(headBytes.length, 8)
  prefix.writeUInt32LE(crc32(headBytes), 12)
  let at = writeAll(descriptor, prefix, 0)
  at = writeAll(descriptor, headBytes, at)
  for (const array of arrays.keys()) at = writeAll(descriptor, bytesOf(array), aligned(at))
}

function writeAll(descriptor: number, bytes: Uint8Array, position: number): number {
  let done = 0
  while (done < bytes.length) done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
  return position + done
}

/** What a file holds, undamaged. */
export interface Snapshot {
  readonly kind: string
  readonly columns: Columns
}

/** Of a snapshot that was built by something else, nothing is of use. */
export function columnsOfKind(snapshot: Snapshot | undefined, kind: SnapshotKind): Columns | undefined {
  return snapshot?.kind === kindOf(kind) ? snapshot.columns : undefined
}

/** Undefined when there is none that is whole; never throws. */
export function readSnapshot(file: string): Snapshot | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    return read(descriptor)
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

function read(descriptor: number): Snapshot | undefined {
  const prefix = readAll(descriptor, new Uint8Array(prefixBytes), 0)
  const view = Buffer.from(prefix.buffer)
  const headLength = view.readUInt32LE(8)
  if (view.toString('latin1', 0, 8) !== magic || headLength > mostHeadBytes) return undefined
  const headBytes = readAll(descriptor, new Uint8Array(headLength), prefixBytes)
  if (crc32(headBytes) !== view.readUInt32LE(12)) return undefined
  const head = JSON.parse(Buffer.from(headBytes.buffer).toString()) as Head

  let at = prefixBytes + headLength
  let checksum = 0
  const arrays = head.arrays.map(([type, length]) => {
    const array: Column = shared<Column>(arrayTypes[type], length)
    const bytes = readAll(descriptor, bytesOf(array), aligned(at))
    checksum = crc32(bytes, checksum)
    at = aligned(at) + bytes.length
    return array
  })
  if (checksum !== head.checksum) return undefined
  const tree: MutableTree = {}
  for (const [path, value] of head.numbers) put(tree, path, value)
  for (const [path, index] of head.columns) put(tree, path, arrays[index] ?? 0)
  return { kind: head.kind, columns: tree as unknown as Columns }
}

function readAll(descriptor: number, target: Uint8Array, position: number): Uint8Array {
  let done = 0
  while (done < target.length) {
    const length = readSync(descriptor, target, done, target.length - done, position + done)
    if (length === 0) throw new Error('the snapshot is cut off')
    done += length
  }
  return target
}

function aligned(position: number): number {
  return Math.ceil(position / 8) * 8
}

function bytesOf({ buffer, byteOffset, byteLength }: Column): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function* leaves(tree: Tree, above = ''): Generator<[path: string, leaf: number | Column]> {
  for (const [name, value] of Object.entries(tree))
    if (typeof value === 'number' || ArrayBuffer.isView(value)) yield [above + name, value as number | Column]
    else yield* leaves(value as Tree, `${above}${name}.`)
}

type MutableTree = { [name: string]: number | Column | MutableTree }

function put(tree: MutableTree, path: string, value: number | Column): void {
  const [name = '', ...rest] = path.split('.')
  if (rest.length === 0) tree[name] = value
  else put((tree[name] ??= {}) as MutableTree, rest.join('.'), value)
}
