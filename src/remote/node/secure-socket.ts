// A TLS connection to one host: handed over only once its key is the one that is held, before a byte is written.

import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { KnownError } from '../../errors.ts'
import { fingerprintText } from '../../protocol/index.ts'
import { addressText, type HostAddress } from '../address.ts'
import type { ShownCertificate } from '../talk/certificate.ts'
import { answerTimeoutMs } from '../talk/connection.ts'

/** HOST_GONE, BAD_ANSWER when it speaks no TLS, and what the check throws. */
export function openSecureSocket(
  address: HostAddress,
  check: (shown: ShownCertificate) => void,
): Promise<TLSSocket> {
  const { host, port } = address
  const where = { address: addressText(address) }
  return new Promise((resolve, reject) => {
    // Never resumed: on a resumed session the certificate's key cannot be read.
    const socket = connect({
      host,
      port,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      minVersion: 'TLSv1.3',
      rejectUnauthorized: false, // checked below
    })
    const timer = setTimeout(() => socket.destroy(new Error('no answer')), answerTimeoutMs)
    socket.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      const isNoTls = /^(?:ERR_SSL|EPROTO)/.test(error.code ?? '')
      reject(
        isNoTls
          ? new KnownError('BAD_ANSWER', { problem: 'it speaks no TLS there', ...where }, error)
          : new KnownError('HOST_GONE', where, error),
      )
    })
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      try {
        check(shownBy(socket))
        resolve(socket)
      } catch (error) {
        socket.destroy()
        reject(error)
      }
    })
  })
}

/** The certificate that is shown there, without saying anything. HOST_GONE, BAD_ANSWER. */
export async function lookAtCertificate(address: HostAddress): Promise<ShownCertificate> {
  let seen: ShownCertificate | undefined
  const socket = await openSecureSocket(address, (shown) => {
    seen = shown
  })
  socket.destroy()
  if (!seen) throw new KnownError('BAD_ANSWER', { problem: 'it shows no certificate' })
  return seen
}

function shownBy(socket: TLSSocket): ShownCertificate {
  const spki = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' })
  if (!spki) throw new KnownError('BAD_ANSWER', { problem: 'it shows no certificate' })
  return {
    fingerprint: fingerprintText(createHash('sha256').update(spki).digest()),
    isVouchedFor: socket.authorized,
  }
}
