// Calls another relay, and calls again for as long as it takes.

import { once } from 'node:events'
import { connect, type TLSSocket } from 'node:tls'
import { KnownError } from '../../errors.ts'
import { join, keyMadeBy, type LinkOptions, linkTls } from './link-join.ts'
import { inviteId, keyOfCode, type LinkKey } from './link-keys.ts'

export interface CallOptions extends LinkOptions {
  readonly host: string
  readonly port: number
  /** For people, and the name by which the key is kept: `HOST:PORT`. */
  readonly address: string
  /** Asked once, when the two have not met before: what the other relay shows. */
  readonly askCode: () => Promise<string>
}

const connectMs = 10_000
/** From one try to the next: doubles while it fails. */
const pauseMs = { first: 1000, longest: 60_000 } as const
/** Which then counts as a success. */
const lastedMs = 30_000

/**
 * Resolves when the signal aborts, and before only by rejecting: NO_LINK_CODE, WRONG_LINK_CODE (only when the two have not
 * met before, so that a person sits there), or what keeping the key fails with. Everything else is told and tried again.
 */
export async function callRelay(options: CallOptions, signal: AbortSignal): Promise<void> {
  const { clock, keys, address, onEvent } = options
  let key = keys.at(address) ?? (await keyToMeetBy(options))
  let waitMs: number = pauseMs.first
  while (!signal.aborted) {
    const startMs = clock.nowMs()
    const reason = await holdConnection(options, key, signal)
    key = keys.at(address) ?? key
    if (signal.aborted) return
    if (isRefusal(reason) && key.id === inviteId)
      throw new KnownError('WRONG_LINK_CODE', { relay: address }, reason)
    if (reason instanceof KnownError && isForPerson(reason)) throw reason
    if (isRefusal(reason))
      onEvent?.({
        event: 'unlinked',
        with: address,
        reason: new KnownError('LINK_REFUSED', { relay: address }, reason),
      })
    waitMs = clock.nowMs() - startMs > lastedMs ? pauseMs.first : Math.min(waitMs * 2, pauseMs.longest)
    await clock.until(clock.nowMs() + waitMs, signal).catch(() => undefined)
  }
}

async function keyToMeetBy({ askCode, address }: CallOptions): Promise<LinkKey> {
  const key = keyOfCode(await askCode())
  if (!key)
    throw new KnownError('WRONG_LINK_CODE', { relay: address, problem: 'a code has 16 letters and digits' })
  return key
}

/** Until it ends; gives why. */
async function holdConnection(
  options: CallOptions,
  key: LinkKey,
  signal: AbortSignal,
): Promise<Error | undefined> {
  let socket: TLSSocket | undefined
  try {
    socket = await opened(options, key, signal)
    if (key.id === inviteId) options.keys.add(keyMadeBy(socket), options.address)
    const session = join(socket, options.address, options)
    const stop = () => session.close()
    signal.addEventListener('abort', stop, { once: true })
    const reason = await session.ended
    signal.removeEventListener('abort', stop)
    return reason
  } catch (fault) {
    socket?.destroy()
    options.log.debug('the other relay cannot be reached', { relay: options.address, fault })
    return fault instanceof Error ? fault : new Error(String(fault))
  }
}

async function opened({ host, port }: CallOptions, key: LinkKey, signal: AbortSignal): Promise<TLSSocket> {
  const socket = connect({
    ...linkTls,
    host,
    port,
    pskCallback: () => ({ psk: key.key, identity: key.id }),
    // There is no certificate: who has the key is the other relay.
    checkServerIdentity: () => undefined,
  })
  socket.on('error', () => undefined)
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.any([signal, AbortSignal.timeout(connectMs)]) })
    return socket
  } catch (fault) {
    socket.destroy()
    throw fault
  }
}

/** What TLS says to a key that it does not know, or knows another one for. */
function isRefusal(reason: Error | undefined): boolean {
  const code = (reason as NodeJS.ErrnoException | undefined)?.code ?? ''
  return code.startsWith('ERR_SSL_')
}

function isForPerson({ code }: KnownError): boolean {
  return code === 'DATA_NOT_WRITABLE' || code === 'DATA_DAMAGED'
}
