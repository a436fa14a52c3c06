// Whether a port answers, and if not, in which way it does not.

import { connect } from 'node:net'
import { addressText, type HostAddress } from '../../remote/node.ts'

export interface Reach {
  readonly address: HostAddress
  /**
   * 'refused': the machine is awake, and nothing listens. 'silent': no answer at all. 'unreachable': the system knows of
   * no machine there. 'no-route': of no way there.
   */
  readonly result: 'open' | 'refused' | 'silent' | 'unreachable' | 'no-route'
  readonly evidence: string
}

/** Longer than the system takes to give up looking for a machine on the link (3 s). */
const patienceMs = 5000

const results: Readonly<Record<string, Reach['result']>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'refused',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'no-route',
  EADDRNOTAVAIL: 'no-route',
}

export function reach(address: HostAddress, signal: AbortSignal): Promise<Reach> {
  const where = addressText(address)
  return new Promise((resolve) => {
    const socket = connect({ host: address.host, port: address.port, timeout: patienceMs })
    const end = (result: Reach['result'], evidence: string) => {
      socket.destroy()
      resolve({ address, result, evidence: `${where}: ${evidence}` })
    }
    signal.addEventListener('abort', () => end('silent', 'called off'), { once: true })
    socket.once('connect', () => end('open', 'the port is open'))
    socket.once('timeout', () => end('silent', `no answer within ${patienceMs / 1000} seconds`))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end(results[error.code ?? ''] ?? 'silent', error.code ?? error.message),
    )
  })
}
