// Wakes a host that sleeps: few packets, well apart, then waiting until it answers (docs/outside.md).

import { connect, isIP } from 'node:net'
import { type Clock, systemClock } from '../../clock.ts'
import { broadcastAddresses, hardwareAddressOf, sendDatagram } from '../../discovery/index.ts'
import { KnownError } from '../../errors.ts'
import { magicPacket, wakePort, wakeRounds, wakeRoundsAtMs } from '../../protocol/index.ts'
import { type HostAddress, parseAddress } from '../address.ts'

export interface WakeOptions {
  readonly macAddresses: readonly string[]
  /** Where it was last: its link is where the packets go. */
  readonly address: string
  /** Wake packets that this machine has sent within the last minute. */
  readonly sentLately: number
  /** So many more went out. */
  readonly onSent?: (packets: number) => void
  /** Still waiting. */
  readonly onWait?: (waitedMs: number) => void
  /** Another way to notice that it is back, such as its announcement. */
  readonly isBack?: () => boolean
  readonly signal?: AbortSignal | undefined
  readonly clock?: Clock
  /** How long to wait for it; default a minute. */
  readonly patienceMs?: number
}

const patienceMs = 60_000
const firstPauseMs = 500
const longestPauseMs = 5000
/** A machine that sleeps says nothing at all to a call. */
const callMs = 2000

/**
 * Resolves when it answers.
 *
 * Fails   NO_HARDWARE_ADDRESS, NOT_ON_LINK before anything is sent; HOST_ASLEEP when it does not answer in time.
 */
export async function wakeHost(options: WakeOptions): Promise<{ packets: number }> {
  const { macAddresses, sentLately, signal } = options
  const address = parseAddress(options.address)
  if (macAddresses.length === 0) throw new KnownError('NO_HARDWARE_ADDRESS', { address: options.address })
  const destinations = broadcastAddresses([address.host])
  if (destinations.length === 0) throw new KnownError('NOT_ON_LINK', { address: options.address })

  const rounds = wakeRounds(macAddresses, sentLately)
  const awake = new AbortController()
  const ending = signal ? AbortSignal.any([signal, awake.signal]) : awake.signal
  const sending = sendRounds(rounds, destinations, { ...options, signal: ending })
  try {
    await waitUntilAwake(options)
  } finally {
    awake.abort()
  }
  return { packets: await sending }
}

/** One packet per address, round and link. What is left when the host answers is not sent. */
async function sendRounds(
  rounds: readonly (readonly string[])[],
  destinations: readonly string[],
  { clock = systemClock, onSent, signal }: WakeOptions,
): Promise<number> {
  const startMs = clock.nowMs()
  let packets = 0
  for (const [index, macs] of rounds.entries()) {
    try {
      await clock.until(startMs + (wakeRoundsAtMs[index] ?? 0), signal)
    } catch {
      break
    }
    for (const mac of macs)
      await sendDatagram(magicPacket(mac), { port: wakePort, destinations }).catch(() => {}) // a link that is down now
    packets += macs.length
    onSent?.(macs.length)
  }
  return packets
}

/** Until it can be reached, however it was woken. HOST_ASLEEP. */
export async function waitUntilAwake(
  options: Pick<WakeOptions, 'address' | 'clock' | 'signal' | 'onWait' | 'isBack' | 'patienceMs'>,
): Promise<void> {
  const { clock = systemClock, signal } = options
  const startMs = clock.nowMs()
  const address = parseAddress(options.address)
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    signal?.throwIfAborted()
    if (options.isBack?.() || (await canBeReached(address))) return
    const waitedMs = clock.nowMs() - startMs
    if (waitedMs >= (options.patienceMs ?? patienceMs))
      throw new KnownError('HOST_ASLEEP', { address: options.address })
    options.onWait?.(waitedMs)
    await clock.until(clock.nowMs() + pauseMs, signal)
  }
}

/** Whether an address lies in a network of this machine. A name may. */
export function isOnLink(host: string): boolean {
  return isIP(host.replace(/%.*$/, '')) === 0 || broadcastAddresses([host]).length > 0
}

/** Whether something listens there. */
export function canBeReached({ host, port }: HostAddress): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: callMs })
    const end = (isReached: boolean) => {
      socket.destroy()
      resolve(isReached)
    }
    socket.once('connect', () => end(true))
    socket.once('timeout', () => end(false))
    socket.once('error', () => end(false))
  })
}

/**
 * Whether a failed call means that nobody is there, as when a machine sleeps: one that refuses is awake, and without a
 * network of our own nothing can be said.
 */
export function isSilence(error: unknown): boolean {
  if (!(error instanceof KnownError) || error.code !== 'HOST_GONE') return false
  const codes = causesOf(error).map((cause) => (cause as NodeJS.ErrnoException).code ?? '')
  return !codes.some((code) => ['ECONNREFUSED', 'ECONNRESET', 'ENETUNREACH', 'ENETDOWN'].includes(code))
}

/** Node tries several addresses and wraps what each one said. */
function causesOf(error: unknown): unknown[] {
  if (!(error instanceof Error)) return []
  const inner = error instanceof AggregateError ? error.errors : []
  return [error, ...causesOf(error.cause), ...inner]
}

/** From the neighbour table, for a host that does not tell its own. */
export async function learnedMacAddresses(address: string): Promise<string[]> {
  const mac = await hardwareAddressOf(parseAddress(address).host)
  return mac === undefined ? [] : [mac]
}
