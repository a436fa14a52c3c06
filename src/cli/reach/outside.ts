// A host from outside, by tls://ADDRESS: which one it is, is seen by the certificate that it shows.

import { KnownError } from '../../errors.ts'
import {
  addressText,
  byAuthority,
  findKnownHost,
  type HostAddress,
  type KnownHost,
  lookAtCertificate,
  type Remote,
  readMemory,
  type ShownCertificate,
  toHold,
} from '../../remote/node.ts'
import { remark } from '../terminal/output.ts'
import { printable } from '../terminal/text.ts'
import { connectAt, type Seeker } from './reach-host.ts'

/** Its guid goes only to the host whose certificate is held; one paired before there was one is held from now on. */
export async function connectFromOutside(seeker: Seeker, address: HostAddress): Promise<Remote> {
  const { hosts } = readMemory(seeker.directory)
  const text = addressText(address)
  const known = findKnownHost(readMemory(seeker.directory), text)
  if (known) return connectAt(seeker, known, text)
  const shown = await lookAtCertificate(address)
  const host = heldBy(hosts, shown) ?? heldFromNow(hosts, shown, text)
  return connectAt(seeker, host, text)
}

function heldBy(hosts: readonly KnownHost[], shown: ShownCertificate): KnownHost | undefined {
  return hosts.find(({ outside }) => outside?.certificate === shown.fingerprint)
}

/** CERTIFICATE_CHANGED when every paired host holds another one; WHICH_HOST when it may be one of several, or none. */
function heldFromNow(hosts: readonly KnownHost[], shown: ShownCertificate, address: string): KnownHost {
  const paired = hosts.filter(({ guid }) => guid !== undefined)
  const candidates = paired.filter(({ outside }) => outside === undefined)
  const [only] = candidates
  if (candidates.length > 1 || paired.length === 0) throw new KnownError('WHICH_HOST', { address })
  if (!only) {
    const held = paired.length === 1 ? paired[0]?.outside?.certificate : 'those of other hosts'
    throw new KnownError('CERTIFICATE_CHANGED', { address, held, shown: shown.fingerprint })
  }
  tellHeld(only, shown)
  return { ...only, outside: { address, certificate: toHold(shown) } }
}

function tellHeld({ name }: KnownHost, shown: ShownCertificate): void {
  if (toHold(shown) === byAuthority) {
    remark(`${printable(name)} shows a certificate that an authority vouches for; from now on it must.`)
    return
  }
  remark(
    `${printable(name)} shows its certificate for the first time. Fingerprint, also printed by the host:`,
  )
  remark(`  ${shown.fingerprint}`)
  remark('It is held from now on: if it ever changes, nothing is sent.')
}
