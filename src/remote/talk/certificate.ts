// Which certificate a remote expects of a host from outside. What is held stays until a person says otherwise.

import { KnownError } from '../../errors.ts'

/** A certificate as it was shown. */
export interface ShownCertificate {
  readonly fingerprint: string
  /** An authority that this machine trusts vouches for it, under the name that was typed. */
  readonly isVouchedFor: boolean
}

/** Held instead of a fingerprint, for a host whose certificate others renew under new keys. */
export const byAuthority = 'authority'

/** What to hold of a certificate that is met for the first time. */
export function toHold({ fingerprint, isVouchedFor }: ShownCertificate): string {
  return isVouchedFor ? byAuthority : fingerprint
}

/** CERTIFICATE_CHANGED when it is not the one that is held. */
export function checkCertificate(held: string, shown: ShownCertificate, address: string): void {
  const isIt = held === byAuthority ? shown.isVouchedFor : shown.fingerprint === held
  if (!isIt) throw new KnownError('CERTIFICATE_CHANGED', { address, held, shown: shown.fingerprint })
}
