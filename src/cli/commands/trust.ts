// `tonearm trust`: the certificates of hosts from outside that are held, and holding another one on purpose.

import { KnownError } from '../../errors.ts'
import { parseFingerprint } from '../../protocol/index.ts'
import {
  addressText,
  byAuthority,
  type KnownHost,
  lookAtCertificate,
  parseAddress,
  readMemory,
  remembered,
  writeMemory,
} from '../../remote/node.ts'
import { badUse, doing, newCommand } from '../command.ts'
import { dataDirectory } from '../host/own-host.ts'
import { knownHost } from '../reach/choose-host.ts'
import { jsonLine, line, remark, styled, table } from '../terminal/output.ts'
import { printable } from '../terminal/text.ts'

export const trustCommand = doing<{ at?: string }>(
  newCommand({
    name: 'trust',
    says: 'List the certificates that are held of hosts, show the one a host shows now, or hold another one.',
    example: 'trust Studio SHA256:3kH0… --at tls://music.example.org:3690',
    isData: true,
  })
    .argument('[host]', 'a host that is known, by its name')
    .argument('[fingerprint]', 'hold this one from now on; “authority” for one that an authority vouches for')
    .option('--at <address>', 'where the host is from outside: tls://ADDRESS:PORT'),
  async ({ words: [wanted, fingerprint], options }) => {
    const directory = dataDirectory(options.data)
    const memory = readMemory(directory)
    const isJson = options.json === true
    if (wanted === undefined) return list(memory.hosts, isJson)
    const known = knownHost(memory, wanted)
    if (!known) throw new KnownError('HOST_NOT_FOUND', { host: wanted })
    const address = options.at === undefined ? known.outside?.address : secureAddress(options.at)
    if (fingerprint === undefined) return showNow(known, address, isJson)
    const certificate = fingerprint === byAuthority ? byAuthority : parseFingerprint(fingerprint)
    if (certificate === undefined) throw badUse('a fingerprint is SHA256: and 43 letters and digits')
    writeMemory(directory, remembered(memory, { ...known, outside: { address, certificate } }))
    if (isJson) jsonLine(shape({ ...known, outside: { address, certificate } }))
    else line(styled('green', `Held for ${printable(known.name)}: ${certificate}`))
  },
)

function secureAddress(text: string): string {
  const address = parseAddress(text)
  if (!address.isSecure) throw badUse('the address from outside begins with tls://')
  return addressText(address)
}

function list(hosts: readonly KnownHost[], isJson: boolean): void {
  const held = hosts.filter(({ outside }) => outside !== undefined)
  if (isJson) return jsonLine(held.map(shape))
  if (held.length === 0) {
    line('No certificate is held.')
    remark('A host that is started with --secure-port tells its own to remotes at home.')
    return
  }
  table(
    [{ title: 'HOST', isElastic: true }, { title: 'FROM OUTSIDE' }, { title: 'CERTIFICATE' }],
    held.map(({ name, outside }) => [name, outside?.address ?? '', outside?.certificate ?? '']),
  )
}

async function showNow(known: KnownHost, address: string | undefined, isJson: boolean): Promise<void> {
  if (address === undefined) throw badUse('say where it is from outside: --at tls://ADDRESS:PORT')
  const { fingerprint, isVouchedFor } = await lookAtCertificate(parseAddress(address))
  const held = known.outside?.certificate
  if (isJson) return jsonLine({ ...shape(known), shows: fingerprint, isVouchedFor })
  line(`Shows now: ${fingerprint}`)
  line(`Held:      ${held ?? 'none yet'}`)
  if (held === fingerprint) return
  remark('To hold what it shows, compare it with what the host prints, then run:')
  remark(`  tonearm trust "${printable(known.name)}" ${fingerprint} --at ${address}`)
}

function shape({ name, outside }: KnownHost) {
  return { host: name, address: outside?.address ?? null, certificate: outside?.certificate ?? null }
}
