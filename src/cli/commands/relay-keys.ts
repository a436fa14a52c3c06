// `relay.json` in the data directory: the keys of the relays that this one has met. Readable by its user only.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import type { LinkKeys } from '../../discovery/relay.ts'
import { KnownError } from '../../errors.ts'

const fileSchema = Type.Object({
  format: Type.Literal(1),
  links: Type.Array(
    Type.Object({
      id: Type.String({ pattern: '^[0-9a-f]{16}$' }),
      key: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      address: Type.Optional(Type.String({ maxLength: 300 })),
    }),
    { maxItems: 64 },
  ),
})
type Link = Static<typeof fileSchema>['links'][number]

/** The oldest makes room. */
const mostLinks = 64

export interface RelayKeys extends LinkKeys {
  readonly isEmpty: boolean
  /** False when none is kept for this address. */
  forget(address: string): boolean
}

/** DATA_DAMAGED, DATA_NOT_WRITABLE. */
export function openRelayKeys(directory: string): RelayKeys {
  const file = join(directory, 'relay.json')
  let links = readLinks(file)
  const store = (next: Link[]) => {
    writeLinks(directory, file, next)
    links = next
  }
  const keyOf = (link: Link | undefined) => link && { id: link.id, key: Buffer.from(link.key, 'hex') }
  return {
    get isEmpty() {
      return links.length === 0
    },
    find: (id) => keyOf(links.find((link) => link.id === id)),
    at: (address) => keyOf(links.findLast((link) => link.address === address)),
    add({ id, key }, address) {
      const link = { id, key: Buffer.from(key).toString('hex'), ...(address !== undefined && { address }) }
      store([...links, link].slice(-mostLinks))
    },
    forget(address) {
      const left = links.filter((link) => link.address !== address)
      const isKnown = left.length < links.length
      if (isKnown) store(left)
      return isKnown
    },
  }
}

function readLinks(file: string): Link[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new KnownError('DATA_NOT_WRITABLE', { path: file, reason: String(error) }, error)
  }
  const value = parsed(text)
  if (!Check(fileSchema, value))
    throw new KnownError('DATA_DAMAGED', { file, reason: 'it is not as Tonearm writes it' })
  return value.links
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Durable when it returns, and whole at every moment. */
function writeLinks(directory: string, file: string, links: readonly Link[]): void {
  const next = `${file}.${process.pid}.next`
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    writeFileSync(next, `${JSON.stringify({ format: 1, links }, null, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(next, file)
  } catch (error) {
    rmSync(next, { force: true })
    throw new KnownError('DATA_NOT_WRITABLE', { path: directory, reason: String(error) }, error)
  }
}
