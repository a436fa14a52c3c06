// The certificate that a host shows from outside, beside the one that is held.

import { byAuthority, lookAtCertificate, parseAddress } from '../../remote/node.ts'
import type { Patient } from '../patient.ts'

export interface Certificate {
  readonly address: string
  /** Undefined when the host was never met there. */
  readonly held: string | undefined
  /** Undefined when nothing answers there. */
  readonly shown: string | undefined
  readonly isHeld: boolean
}

/** Undefined for a host whose way from outside is not known. */
export async function shownCertificate(outside: Patient['outside']): Promise<Certificate | undefined> {
  const { address, certificate: held } = outside ?? {}
  if (address === undefined) return undefined
  try {
    const { fingerprint, isVouchedFor } = await lookAtCertificate(parseAddress(address))
    return {
      address,
      held,
      shown: fingerprint,
      isHeld: held === byAuthority ? isVouchedFor : fingerprint === held,
    }
  } catch {
    return { address, held, shown: undefined, isHeld: false }
  }
}
