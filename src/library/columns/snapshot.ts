// The columns as a file beside the database, so that a start need not build them. It is a cache: without it, or
// when it is damaged or of another kind, they are built again, and nothing is lost.
//
// Layout, little-endian: magic (8 bytes), length and CRC-32 of the head (4 + 4), head (JSON), then the arrays it
// names, each at a multiple of 8 bytes. An array that stands in two places of the columns is written once.

import { closeSync, openSync, read as readElsewhere, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
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

export function snapshotFile(databaseFile: string): string {
  return join(dirname(databaseFile), 'library.columns')
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

/**
 * Undefined when there is none that is whole; never rejects. All that is large is asked for before it returns: the
 * system's threads copy it, into pages that they touch first, two thirds of the work, while ours goes on.
 */
export async function readSnapshot(file: string): Promise<Snapshot | undefined> {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    return await read(descriptor)
  } catch {
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

async function read(descriptor: number): Promise<Snapshot | undefined> {
  const prefix = Buffer.alloc(prefixBytes)
  readSync(descriptor, prefix, 0, prefixBytes, 0)
  const headLength = prefix.readUInt32LE(8)
  if (prefix.toString('latin1', 0, 8) !== magic || headLength > mostHeadBytes) return undefined
  const headBytes = Buffer.alloc(headLength)
  readSync(descriptor, headBytes, 0, headLength, prefixBytes)
  if (crc32(headBytes) !== prefix.readUInt32LE(12)) return undefined
  const head = JSON.parse(headBytes.toString()) as Head

  const arrays = head.arrays.map(([type, length]): Column => shared<Column>(arrayTypes[type], length))
  let at = prefixBytes + headLength
  const reading = arrays.map((array) => {
    const position = aligned(at)
    at = position + array.byteLength
    return readAll(descriptor, bytesOf(array), position)
  })
  await Promise.allSettled(reading) // the file is not closed while a part of it is still read
  const checksum = (await Promise.all(reading)).reduce((sum, bytes) => crc32(bytes, sum), 0)
  if (checksum !== head.checksum) return undefined
  const tree: MutableTree = {}
  for (const [path, value] of head.numbers) put(tree, path, value)
  for (const [path, index] of head.columns) put(tree, path, arrays[index] ?? 0)
  return { kind: head.kind, columns: tree as unknown as Columns }
}

const readSome = promisify(readElsewhere)

async function readAll(descriptor: number, target: Uint8Array, position: number): Promise<Uint8Array> {
  let done = 0
  while (done < target.length) {
    const { bytesRead } = await readSome(descriptor, target, done, target.length - done, position + done)
    if (bytesRead === 0) throw new Error('the snapshot is cut off')
    done += bytesRead
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
