// Each judgement, from evidence alone: one row for every fault there is, and what must not be taken for one.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Link } from '../discovery/index.ts'
import type { KnownHost } from '../remote/node.ts'
import { checks } from './checks.ts'
import type { Context } from './context.ts'
import type { Finding } from './finding.ts'
import type { Certificate } from './gather/certificate.ts'
import type { FirewallRules } from './gather/firewall-rules.ts'
import type { SystemInterface } from './gather/interfaces.ts'
import type { Login } from './gather/login.ts'
import type { Heard } from './gather/multicast.ts'
import type { Reach } from './gather/reach.ts'
import { instancesOf, type Service } from './heard-services.ts'
import type { Patient } from './patient.ts'

/** What there is to see; without a word all is well: a paired host at 10.0.0.1, seen from 10.0.0.2. */
interface Evidence {
  readonly patient?: Patient | undefined
  readonly links?: readonly Link[]
  readonly interfaces?: readonly SystemInterface[]
  readonly heard?: Partial<Heard>
  readonly places?: readonly Pick<Reach, 'address' | 'result'>[]
  /** What a library there calls itself; undefined when another program answers. */
  readonly libraryName?: string | undefined
  readonly clockAheadMs?: number
  readonly speaksAlone?: boolean
  readonly life?: readonly string[]
  readonly firewall?: FirewallRules
  readonly login?: Login
  readonly certificate?: Certificate
}

const place = { host: '10.0.0.1', port: 3689 }
const known: KnownHost = {
  serviceName: 'A1',
  name: 'Studio',
  address: '10.0.0.1:3689',
  guid: '00000000000000A1',
  macAddresses: [],
}
const patient: Patient = { name: 'Studio', address: place, known }
const studio: Service = {
  kind: 'host',
  name: 'Studio',
  serviceName: 'A1',
  hostName: 'studio.local',
  port: 3689,
  addresses: ['10.0.0.1'],
  from: '10.0.0.1',
  ways: new Set(['multicast', 'unicast']),
}
const speaker: Service = {
  ...studio,
  kind: 'speaker',
  name: 'Kitchen',
  serviceName: 'AA@Kitchen',
  port: 5000,
}
const link: Link = {
  name: 'eth0',
  scope: 'eth0',
  addresses: [{ address: '10.0.0.2', family: 'IPv4', prefixLength: 24 }],
}
const eth0 = { name: 'eth0', isLoopback: false, addresses: ['10.0.0.2/24'], canMulticast: true }
const held = { address: 'tls://10.0.0.1:3690', held: 'ab', shown: 'ab', isHeld: true }
const at = (result: Reach['result'], host = place.host) => [{ address: { host, port: 3689 }, result }]

/** Fault, and what there is to see. */
const cases: readonly (readonly [fault: string, evidence: Evidence])[] = [
  ['PORT_5353_TAKEN', { heard: { portFault: 'EADDRINUSE', services: [] } }],
  [
    'TWO_RESPONDERS',
    { heard: { services: [studio, { ...studio, hostName: 'copy.local', from: '10.0.0.9' }] } },
  ],
  ['NO_NETWORK', { ...nowhere([{ ...eth0, name: 'lo', isLoopback: true }]) }],
  ['NO_NETWORK', { ...nowhere([]), patient: { name: 'Studio' } }],
  [
    'MULTICAST_IN_BLOCKED',
    { patient: { name: 'Studio' }, heard: { returned: [], services: [] }, places: [] },
  ],
  [
    'NO_LEASE',
    { patient: undefined, interfaces: [{ ...eth0, addresses: ['169.254.7.7/16', 'fe80::7/64'] }] },
  ],
  ['NO_MULTICAST', { ...nowhere([{ ...eth0, canMulticast: false }]) }],
  ['MULTICAST_OUT_BLOCKED', { heard: { sendFaults: ['eth0 IPv4: EPERM'], returned: [] } }],
  ['MULTICAST_IN_BLOCKED', { heard: { returned: [] } }],
  ['MULTICAST_LOST_BETWEEN', { heard: { services: [{ ...studio, ways: new Set(['unicast']) }] } }],
  ['MULTICAST_LOST_BETWEEN', { heard: { services: [] }, speaksAlone: true }],
  ['HOST_IS_MUTE', { heard: { services: [] } }],
  ['NOTHING_LISTENS', { places: at('refused') }],
  ['OTHER_PROGRAM', { libraryName: undefined }],
  ['PORT_BLOCKED', { places: at('silent'), life: ['10.0.0.1 answers a ping'] }],
  ['SAME_NAME', { heard: { services: [studio, { ...studio, serviceName: 'B2', from: '10.0.0.9' }] } }],
  ['RENAMED', { heard: { services: [{ ...studio, serviceName: 'A1 (2)' }] } }],
  ['NOT_HEARD', { patient: { name: 'Stduio' }, places: [] }],
  [
    'STALE_ANNOUNCEMENT',
    { heard: { services: [{ ...studio, from: '10.0.0.9' }] }, places: at('unreachable') },
  ],
  [
    'SOMEBODY_ELSE_THERE',
    {
      heard: { services: [{ ...studio, name: 'Loft', serviceName: 'B2' }] },
      libraryName: 'Loft',
      login: 'refused',
    },
  ],
  [
    'SOME_ADDRESSES_DEAD',
    { heard: { services: [twoPlaces()] }, places: [...at('open'), ...at('silent', '10.0.0.3')] },
  ],
  ['CLOCK_SKEW', { clockAheadMs: -3_600_000 }],
  ['NOT_PAIRED', { patient: { name: 'Studio', address: place } }],
  ['PAIRING_FORGOTTEN', { login: 'refused' }],
  ['CERTIFICATE_CHANGED', { certificate: { ...held, shown: 'cd', isHeld: false } }],
  [
    'OUTSIDE_SILENT',
    {
      patient: { name: 'Studio', address: { host: 'example.org', port: 3690, isSecure: true }, known },
      certificate: { ...held, held: undefined, shown: undefined, isHeld: false },
    },
  ],
  ['ASLEEP', { heard: { services: [] }, places: at('unreachable') }],
  [
    'WRONG_SUBNET',
    {
      places: at('no-route', '10.9.0.1'),
      heard: { services: [{ ...studio, addresses: ['10.9.0.1'], from: '10.9.0.1' }] },
    },
  ],
  ['OTHER_NETWORK', { patient: elsewhere(), places: at('open', '10.9.0.1'), heard: { services: [] } }],
  ['NO_WAY_THERE', { patient: elsewhere(), places: at('no-route', '10.9.0.1'), heard: { services: [] } }],
]

for (const [fault, evidence] of cases)
  test(`${fault} is named, alone, with every word filled in`, async () => {
    const findings = await examined(evidence)

    const faults = findings.filter(({ state }) => state === 'fault')
    assert.deepEqual(
      faults.map((finding) => finding.fault),
      [fault],
    )
    for (const { says, fix = '' } of faults) {
      assert.doesNotMatch(`${says} ${fix}`, /[{}]|undefined/)
      assert.ok(fix.length > 0)
    }
  })

test('every fault of the tables has a row here', () => {
  const all = checks.flatMap(({ faults }) => Object.keys(faults))

  assert.deepEqual([...new Set(cases.map(([fault]) => fault))].toSorted(), all.toSorted())
})

const wellBeings: readonly (readonly [string, Evidence])[] = [
  ['a paired host that answers', {}],
  ['nobody named, and a network', { patient: undefined, places: [], libraryName: undefined }],
  ['a speaker, which is no library and needs no pairing', aSpeaker()],
  ['a machine with two families, heard over both', { heard: { services: [studio, overIpv6()] } }],
  ['a tunnel that refuses, beside a link that works', { heard: { sendFaults: ['tun0 IPv4: EPERM'] } }],
  [
    'an interface without multicast, beside one with it',
    { interfaces: [eth0, { ...eth0, name: 'tun0', canMulticast: false }] },
  ],
  [
    'rules of a firewall that hold back nothing that was missed',
    { firewall: { isReadable: true, holding: ['tcp dport 22 drop'] } },
  ],
  ['a certificate that is held', { certificate: held }],
  [
    'a way from outside that is closed at home',
    { certificate: { ...held, shown: undefined, isHeld: false } },
  ],
  ['a certificate seen for the first time', { certificate: { ...held, held: undefined, isHeld: false } }],
  ['no rights to read the firewall', { firewall: { isReadable: false, holding: [] } }],
]

for (const [what, evidence] of wellBeings)
  test(`no fault is found in ${what}`, async () => {
    const findings = await examined(evidence)

    assert.deepEqual(
      findings.filter(({ state }) => state === 'fault'),
      [],
    )
    assert.equal(findings.length, checks.length)
  })

async function examined(evidence: Evidence): Promise<Finding[]> {
  const context = contextOf(evidence)
  const findings: Finding[] = []
  for (const check of checks) findings.push(await check.run(context))
  return findings
}

function contextOf(evidence: Evidence): Context {
  const whom = 'patient' in evidence ? evidence.patient : patient
  const libraryName = 'libraryName' in evidence ? evidence.libraryName : 'Studio'
  const places = (evidence.places ?? at('open')).map(({ address, result }) => ({
    address,
    result,
    evidence: `${address.host}: ${result}`,
  }))
  const heard: Heard = {
    portFault: undefined,
    sendFaults: [],
    paths: ['eth0 IPv4'],
    returned: ['eth0 IPv4'],
    services: [studio],
    senders: new Set(evidence.heard?.services?.flatMap(({ from }) => from)),
    ...evidence.heard,
  }
  const first = places.find(({ result }) => result === 'open') ?? places[0]
  return {
    patient: whom,
    clock: { nowMs: () => 0, wallMs: () => 0, until: async () => {} },
    links: evidence.links ?? [link],
    interfaces: () => evidence.interfaces ?? [eth0],
    heard: async () => heard,
    announced: async () => instancesOf(heard.services, whom),
    places: async () => places,
    place: async () => first,
    answer: async () =>
      first?.result === 'open'
        ? { libraryName, clockAheadMs: evidence.clockAheadMs ?? 0, evidence: 'it answers' }
        : undefined,
    speaksAlone: async () => evidence.speaksAlone ?? false,
    life: async () => evidence.life ?? [],
    firewall: async () => evidence.firewall ?? { isReadable: true, holding: [] },
    login: async () =>
      first?.result === 'open' && whom?.known?.guid !== undefined ? (evidence.login ?? 'welcome') : undefined,
    certificate: async () => evidence.certificate,
  }
}

/** Nobody is named, since nobody could be reached. */
function nowhere(interfaces: readonly SystemInterface[]): Evidence {
  const heard = { returned: [], sendFaults: ['eth0 IPv4: ENETUNREACH'], services: [] }
  return { patient: undefined, interfaces, places: [], heard }
}

function elsewhere(): Patient {
  return { name: '10.9.0.1', address: { host: '10.9.0.1', port: 3689 }, known: { ...known, serviceName: '' } }
}

function aSpeaker(): Evidence {
  const there = { host: '10.0.0.1', port: 5000 }
  return {
    patient: { name: 'Kitchen' },
    heard: { services: [speaker] },
    places: [{ address: there, result: 'open' }],
    libraryName: undefined,
  }
}

function twoPlaces(): Service {
  return { ...studio, addresses: ['10.0.0.1', '10.0.0.3'] }
}

function overIpv6(): Service {
  return { ...studio, from: 'fe80::1%eth0' }
}
