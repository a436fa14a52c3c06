// What a library says at an open port, and by its clock when.

import type { Clock } from '../../clock.ts'
import { type HostAddress, lookAtHost, nodeConnection } from '../../remote/node.ts'

export interface HostAnswer {
  /** Undefined when it is no library. */
  readonly libraryName: string | undefined
  /** Its clock against ours, ms: positive when it is ahead. Undefined when it tells no time. */
  readonly clockAheadMs: number | undefined
  readonly evidence: string
}

export async function hostAnswer(
  address: HostAddress,
  clock: Clock,
  signal: AbortSignal,
): Promise<HostAnswer> {
  try {
    const connection = nodeConnection(address)
    const askedMs = clock.wallMs()
    const answer = await connection.request('/server-info', { signal, timeoutMs: 8000, maxBytes: 65_536 })
    const middleMs = (askedMs + clock.wallMs()) / 2
    const toldMs = Date.parse(answer.header('date') ?? '')
    const name = await nameOf(address, signal)
    return {
      libraryName: name,
      clockAheadMs: Number.isNaN(toldMs) ? undefined : toldMs - middleMs,
      evidence: `it answers /server-info with ${answer.status}${name === undefined ? '' : ` as ${name}`}`,
    }
  } catch (error) {
    return {
      libraryName: undefined,
      clockAheadMs: undefined,
      evidence: `it does not speak HTTP: ${reasonOf(error)}`,
    }
  }
}

async function nameOf(address: HostAddress, signal: AbortSignal): Promise<string | undefined> {
  try {
    return (await lookAtHost({ address, signal })).name
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  return cause instanceof Error ? cause.message : String(cause)
}
