// `tonearm doctor`: why a host, remote or speaker is not seen, and the fix.

import { examine, type Finding, type Patient } from '../../doctor/index.ts'
import { KnownError } from '../../errors.ts'
import {
  addressOf,
  addressText,
  findKnownHost,
  type HostAddress,
  type KnownHost,
  looksLikeAddress,
  parseAddress,
  readMemory,
} from '../../remote/node.ts'
import { doing, newCommand } from '../command.ts'
import { dataDirectory, ownHost } from '../host/own-host.ts'
import { withDiscovery } from '../reach/network.ts'
import type { Seeker } from '../reach/reach-host.ts'
import { findNamed, typedAddress } from '../reach/typed-host.ts'
import { jsonLine, line, remark, styled } from '../terminal/output.ts'
import { counted, printable } from '../terminal/text.ts'

export const doctorCommand = doing(
  newCommand({
    name: 'doctor',
    says: 'Say why a host, remote or speaker is not seen, and the fix. Ends with 1 when something is wrong.',
    example: 'doctor Studio',
    isData: true,
    isSearch: true,
  }).argument('[host]', 'its name or address; without it the host used last, or only this machine'),
  async ({ words: [wanted], options, signal }) => {
    const isTold = !options.json
    const directory = dataDirectory(options.data)
    const seeker = { directory, domains: options.domain, signal }
    const examination = await examine({
      patient: await placed(patientOf(directory, wanted), seeker),
      signal,
      // On a terminal one sees what is waited for; on a pipe only what came of it.
      onCheck: ({ asks }) => isTold && process.stderr.isTTY && process.stderr.write(`\r\x1b[K… ${asks}`),
      onFinding: (finding) => isTold && tell(finding),
    })
    if (!isTold) jsonLine(examination)
    else if (examination.patient === null)
      remark('No host was named, and none is known: name one for the rest.')
    const faults = examination.findings.filter(({ state }) => state === 'fault').length
    if (isTold)
      line(faults === 0 ? styled('green', 'Healthy.') : styled('red', `${counted(faults, 'fault')} found.`))
    if (faults > 0) process.exitCode = 1
  },
)

/** The one named; else the host used last; else the one that runs here. BAD_ADDRESS. */
function patientOf(directory: string, wanted: string | undefined): Patient | undefined {
  const own = ownHost(directory)
  const memory = memoryOf(directory)
  const last = memory?.hosts[0]
  if (wanted === undefined) {
    if (last) return patientFrom(last)
    return own && { name: own.name, address: own.address, isOwn: true }
  }
  if (own && own.name.toLowerCase() === wanted.toLowerCase())
    return { name: own.name, address: own.address, isOwn: true }
  const known = memory && findKnownHost(memory, wanted)
  const address = typedAddress(wanted)
  if (address?.isSecure) return patientOutside(wanted, address, known)
  if (known) return patientFrom(known)
  if (!address) return { name: wanted }
  const there = memory?.hosts.find(
    (host) => host.address !== '' && parseAddress(host.address).host === address.host,
  )
  return { name: wanted, address, ...(there && { known: there }) }
}

/** Known by its name alone, it may stand in a domain that was named, or be a machine's name in DNS. */
async function placed(patient: Patient | undefined, seeker: Seeker): Promise<Patient | undefined> {
  const { domains, signal } = seeker
  if (!patient || patient.address || !(domains || looksLikeAddress(patient.name))) return patient
  try {
    const found = await withDiscovery((discovery) => findNamed(discovery, patient.name, signal), { domains })
    return { ...patient, address: 'host' in found ? found : addressOf(found) }
  } catch (error) {
    if (error instanceof KnownError) return patient // the examination says so in its own words
    throw error
  }
}

function patientFrom(known: KnownHost): Patient {
  return {
    name: known.name || known.serviceName || known.address,
    known,
    outside: known.outside,
    ...(known.address !== '' && { address: parseAddress(known.address) }),
  }
}

/** Named by the way from outside, that way is what it is about. */
function patientOutside(wanted: string, address: HostAddress, known: KnownHost | undefined): Patient {
  const outside = { ...known?.outside, address: addressText(address) }
  return { name: known?.name || wanted, address, known, outside }
}

/** A damaged memory is no reason not to look: it is told, and the rest goes on. */
function memoryOf(directory: string) {
  try {
    return readMemory(directory)
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    remark(`${error.row.says} ${error.row.try}`)
    return undefined
  }
}

const marks = {
  healthy: { mark: '✓', style: 'green' },
  fault: { mark: '✗', style: 'red' },
  unknown: { mark: '–', style: 'dim' },
} as const satisfies Record<Finding['state'], object>

function tell({ check, state, says, fix, evidence }: Finding): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  const { mark, style } = marks[state]
  line(`${styled(style, mark)} ${check.padEnd(12)} ${printable(says)}`)
  if (fix === undefined) return
  for (const fact of evidence) line(`               ${styled('dim', printable(fact))}`)
  line(`               ${styled('bold', 'Fix:')} ${printable(fix)}`)
}
