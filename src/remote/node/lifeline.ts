// One connection kept open to a host that is listed: when it ends, and nobody takes another call, the host is gone, long
// before any record of it runs out.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Clock } from '../../clock.ts'
import { pathOf } from '../../protocol/index.ts'
import type { HostAddress } from '../address.ts'
import { hostHeader } from './http-connection.ts'

export interface Lifeline {
  /** There is reason to doubt: called anew, at once. */
  again(): void
  close(): void
}

export interface LifelineOptions {
  /** Of one host, and one port: whichever takes the call first. */
  readonly addresses: readonly HostAddress[]
  readonly clock: Clock
  readonly onTaken: () => void
  /** At each call that nobody takes. */
  readonly onRefused: () => void
}

/** A machine that is there takes a call at once; one that sleeps or is off says nothing at all. */
const callMs = 1500
/** Silence of the other machine, not of the program on it: asked by the system itself, below anything a host would notice. */
const keepAliveMs = 20_000
/** A connection that ends earlier was not wanted there: the next one waits. */
const shortLifeMs = 10_000
/** Doubled each time, so that no host is stormed by those who wait for it. */
const pauseMs = { first: 250, longest: 30_000 } as const
/** What a host says to our one question is not read, and far shorter. */
const mostBytes = 65_536

export function holdLifeline({ addresses, clock, onTaken, onRefused }: LifelineOptions): Lifeline {
  const ending = new AbortController()
  let doubt = new AbortController()
  const live = async () => {
    for (let shortLives = 0; !ending.signal.aborted; ) {
      doubt = new AbortController()
      const either = AbortSignal.any([doubt.signal, ending.signal])
      const startMs = clock.nowMs()
      const socket = await callAny(addresses, ending.signal)
      if (ending.signal.aborted) return void socket?.destroy()
      if (socket) {
        onTaken()
        await held(socket, either)
      } else onRefused()
      const wasShort = !doubt.signal.aborted && clock.nowMs() - startMs < shortLifeMs
      shortLives = wasShort ? shortLives + 1 : 0
      if (wasShort) await clock.until(clock.nowMs() + pauseAfter(shortLives), either).catch(() => {})
    }
  }
  void live()
  return { again: () => doubt.abort(), close: () => ending.abort() }
}

function pauseAfter(shortLives: number): number {
  return Math.min(pauseMs.longest, pauseMs.first * 2 ** (shortLives - 1))
}

async function callAny(addresses: readonly HostAddress[], ending: AbortSignal): Promise<Socket | undefined> {
  const tooLong = new AbortController()
  // A machine that stood still itself first hears what came meanwhile.
  const timer = setTimeout(() => setImmediate(() => tooLong.abort()), callMs)
  const patience = AbortSignal.any([ending, tooLong.signal])
  const sockets = addresses.map(({ host, port }) => connect({ host, port }))
  for (const socket of sockets) socket.on('error', () => {})
  const taken = sockets.map(async (socket) => {
    await once(socket, 'connect', { signal: patience })
    return socket
  })
  const first = await Promise.any(taken).catch(() => undefined)
  clearTimeout(timer)
  for (const socket of sockets) if (socket !== first) socket.destroy()
  return first
}

/** Until it ends. A question is asked once: a host hangs up on those who say nothing. */
async function held(socket: Socket, doubted: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const hangUp = () => socket.destroy()
  doubted.addEventListener('abort', hangUp, { once: true })
  let bytes = 0
  socket.on('data', (chunk) => {
    bytes += chunk.length
    if (bytes > mostBytes) socket.destroy()
  })
  socket.on('end', hangUp)
  socket.once('close', () => resolve())
  socket.setKeepAlive(true, keepAliveMs)
  const { remoteAddress: host = '', remotePort: port = 0 } = socket
  socket.write(`GET ${pathOf('serverInfo')} HTTP/1.1\r\nHost: ${hostHeader({ host, port })}\r\n\r\n`)
  if (doubted.aborted) socket.destroy()
  await promise
  doubted.removeEventListener('abort', hangUp)
}
