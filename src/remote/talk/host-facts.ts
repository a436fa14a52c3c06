// What a host says of itself before anybody logs in.

import { KnownError } from '../../errors.ts'
import { child, children, type DmapContainer, macsFromServerInfo, pathOf } from '../../protocol/index.ts'
import { treeOf } from './answer.ts'
import type { Connection } from './connection.ts'
import { type HostQuirks, hostKind, quirksOf } from './quirks.ts'

export interface HostFacts {
  /** The library's name as people see it. */
  readonly name: string
  /** `DAAP-Server`, such as "iTunes/10.6 (Mac OS X)"; '' when it does not say. */
  readonly software: string
  readonly quirks: HostQuirks
  /** Understands `playqueue-edit` and `playqueue-contents`; else `cue` has to do. */
  readonly hasPlayQueue: boolean
  /** To wake it by, "d4:9a:20:d1:5e:63". */
  readonly macAddresses: readonly string[]
}

/** Of what `/api/about` of one of our own hosts says. */
export interface AboutOwnHost {
  readonly name: string
  readonly version: string
  /** As in HostFacts. */
  readonly macAddresses: readonly string[]
}

export function factsOfOwnHost({ name, version, macAddresses }: AboutOwnHost): HostFacts {
  return { name, software: `Tonearm/${version}`, quirks: quirksOf.tonearm, hasPlayQueue: true, macAddresses }
}

/** `/server-info`, and `/ctrl-int` where it says more. HOST_GONE, BAD_ANSWER. */
export async function readFacts(
  connection: Connection,
  signal: AbortSignal | undefined,
  sessionId?: number,
): Promise<HostFacts> {
  const query = sessionId === undefined ? '' : `?session-id=${sessionId}`
  const answer = await connection.request(`${pathOf('serverInfo', {})}${query}`, { signal, maxBytes: 65536 })
  if (answer.status === 404)
    throw new KnownError('BAD_ANSWER', { address: connection.address, problem: 'no library answers there' })
  const info = treeOf(answer, 'msrv')
  const software = answer.header('daap-server') ?? ''
  const isOurs = hostKind(software, false) === 'tonearm'
  const control = isOurs ? undefined : await readControlInterface(connection, signal)
  const quirks = quirksOf[hostKind(software, control !== undefined && child(control, 'ceDR') === 1)]
  const canQueue = isOurs || ((child(control ?? [], 'ceSX') ?? 0n) & 1n) === 1n
  return {
    name: child(info, 'minm') ?? connection.address,
    software,
    quirks,
    hasPlayQueue: quirks.hasPlayQueue ?? canQueue,
    macAddresses: macsFromServerInfo(info),
  }
}

/** `/ctrl-int`, asked before login as Komodex does; a host without it is a plain library. */
async function readControlInterface(
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<DmapContainer | undefined> {
  const answer = await connection.request(pathOf('controlInterface', {}), { signal, maxBytes: 65536 })
  try {
    return children(child(treeOf(answer, 'caci'), 'mlcl') ?? [], 'mlit')[0]
  } catch {
    return undefined
  }
}
