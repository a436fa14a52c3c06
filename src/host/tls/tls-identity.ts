// What the host shows to those who come from outside, and where it comes from.

import { createHash, X509Certificate } from 'node:crypto'
import { fingerprintText } from '../../protocol/index.ts'

export interface TlsIdentity {
  /** PEM. */
  readonly key: string
  /** PEM; the certificate, and behind it those that vouch for it. */
  readonly certificate: string
  /** Of its public key. */
  readonly fingerprint: string
  /** Made by this host: its key stays, so remotes hold the fingerprint. One that was given changes when others renew it. */
  readonly isOwn: boolean
}

/** As of now: asked again from time to time, so that what is renewed is shown. */
export type TlsIdentitySource = () => Promise<TlsIdentity>

export function tlsIdentity(key: string, certificate: string, isOwn: boolean): TlsIdentity {
  const spki = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' })
  return { key, certificate, isOwn, fingerprint: fingerprintText(createHash('sha256').update(spki).digest()) }
}
