// Where everything of this host lives, and who it is. One host at a time holds the directory's lock.

import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { KnownError } from '../../errors.ts'
import { wakeableMacAddresses } from '../network/machine-addresses.ts'
import type { RunningHost } from '../running-host.ts'
import { holdDirectory } from './directory-lock.ts'
import { notWritten, readText, reasonOf, writeAtomically } from './private-files.ts'

/** Who this host is: stable over restarts. */
export interface Identity {
  /** 64-bit: DbId of the announcements, `mper` of the main database. */
  readonly databaseId: bigint
  /** The same as 16 upper-case hex digits. */
  readonly databaseIdHex: string
  /** Instance label of `_touch-able._tcp`, by which remotes file their pairing: `servicename` of /pair. */
  readonly instanceName: string
  /** The library's name as people see it. */
  readonly name: string
  /** Hardware addresses of this machine, "d4:9a:20:d1:5e:63", for remotes that want to wake it. */
  readonly macAddresses: readonly string[]
  /** How plain DAAP players come in: 'password' makes msau 2. */
  readonly sharing: 'none' | 'open' | 'password'
}

export interface DataDirectory {
  readonly path: string
  readonly databaseFile: string
  readonly artworkFolder: string
  /** 256 bits as base64url; who holds it is the owner. */
  readonly ownerToken: string
  /** The port taken once with --port 0; undefined before. */
  readonly keptPort: number | undefined
  keepPort(port: number): void
  /** What a conflict on the network made of a service's name, by type. */
  readonly announcedNames: Readonly<Record<string, string>>
  keepAnnouncedName(type: string, name: string): void
  /** What a conflict made of this machine's name, without `.local`. */
  readonly announcedHostLabel: string | undefined
  keepHostLabel(label: string): void
  /** `name` given once more wins over the stored one and is kept. */
  identity(options?: { name?: string | undefined; sharing?: Identity['sharing'] }): Identity
  /** Lets the command line find the running host. */
  markRunning(host: RunningHost): void
  /** Frees the lock. */
  close(): void
}

/** What identity.json holds. */
interface Stored {
  readonly format: number
  readonly databaseId: string
  readonly name?: string
  readonly port?: number
  readonly announcedNames?: Readonly<Record<string, string>>
  readonly hostLabel?: string
}

/** Of identity.json; a file with a higher one was written by a newer version. */
const format = 1

/**
 * Makes the directory when it is not there. DATA_NOT_WRITABLE, DATA_NOT_PRIVATE, DISK_FULL, DATA_LOCKED (with the
 * holder's pid), DATA_FROM_NEWER_VERSION.
 */
export function openDataDirectory(path: string): DataDirectory {
  makeWritable(path)
  makePrivate(path)
  const lock = holdDirectory(path)
  try {
    return directoryOf(path, () => lock.release())
  } catch (error) {
    lock.release()
    throw error
  }
}

function directoryOf(path: string, releaseLock: () => void): DataDirectory {
  const identityFile = join(path, 'identity.json')
  const runningFile = join(path, 'running.json')
  let stored = readStored(identityFile)
  const ownerToken = readText(join(path, 'owner-token')) ?? makeOwnerToken(path)

  function store(next: Stored): void {
    stored = next
    writeAtomically(identityFile, `${JSON.stringify(stored, null, 2)}\n`)
  }

  if (!existsSync(identityFile)) store(stored)

  return {
    path,
    databaseFile: join(path, 'library.db'),
    artworkFolder: join(path, 'artwork'),
    ownerToken,
    get keptPort() {
      return stored.port
    },
    keepPort(port) {
      if (port !== stored.port) store({ ...stored, port })
    },
    get announcedNames() {
      return stored.announcedNames ?? {}
    },
    keepAnnouncedName(type, name) {
      store({ ...stored, announcedNames: { ...stored.announcedNames, [type]: name } })
    },
    get announcedHostLabel() {
      return stored.hostLabel
    },
    keepHostLabel(label) {
      store({ ...stored, hostLabel: label })
    },
    identity({ name, sharing = 'none' } = {}) {
      if (name !== undefined && name !== stored.name) store({ ...stored, name })
      return {
        databaseId: BigInt(`0x${stored.databaseId}`),
        databaseIdHex: stored.databaseId,
        instanceName: stored.databaseId,
        name: stored.name ?? `Music on ${hostname().split('.')[0] || 'this computer'}`,
        get macAddresses() {
          return wakeableMacAddresses()
        },
        sharing,
      }
    },
    markRunning(host) {
      writeAtomically(runningFile, `${JSON.stringify(host)}\n`)
    },
    close() {
      rmSync(runningFile, { force: true })
      releaseLock()
    },
  }
}

function makeWritable(path: string): void {
  const probe = join(path, `.writable-${process.pid}`)
  try {
    makeFolder(path)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw notWritten(path, error)
  }
}

/** A directory made by hand may stand open. Windows knows no such modes. */
function makePrivate(path: string): void {
  if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return
  try {
    chmodSync(path, 0o700)
  } catch (error) {
    throw new KnownError('DATA_NOT_PRIVATE', { path, reason: reasonOf(error) }, error)
  }
}

/** With its parents. Not by `recursive`: Node asks for ever where a parent refuses with ENOENT, as below /proc and automounts. */
function makeFolder(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) return
  if (!existsSync(dirname(path))) makeFolder(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

function readStored(file: string): Stored {
  const text = readText(file)
  if (text === undefined) return { format, databaseId: randomBytes(8).toString('hex').toUpperCase() }
  const stored = parsed(text)
  if (typeof stored?.format === 'number' && stored.format > format)
    throw new KnownError('DATA_FROM_NEWER_VERSION', { file, format: stored.format, known: format })
  if (!stored || !/^[0-9A-F]{16}$/.test(stored.databaseId))
    throw new KnownError('DATA_DAMAGED', { file, reason: 'it is not as Tonearm writes it' })
  return stored
}

function parsed(text: string): Stored | undefined {
  try {
    return JSON.parse(text) as Stored
  } catch {
    return undefined
  }
}

function makeOwnerToken(path: string): string {
  const token = randomBytes(32).toString('base64url')
  writeAtomically(join(path, 'owner-token'), `${token}\n`)
  return token
}

/** By the global `crypto`, which is loaded where it is used: with a new directory. */
function randomBytes(count: number): Buffer {
  return crypto.getRandomValues(Buffer.alloc(count))
}
