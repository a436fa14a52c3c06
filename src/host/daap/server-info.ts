import { type DmapNode, msmaOf } from '../../protocol/index.ts'
import type { EndpointContext } from '../endpoint.ts'
import { idleSeconds } from '../sessions/idle-time.ts'

/** major << 16 | minor */
const version = (major: number, minor: number) => (major << 16) | minor
const dmapVersion = version(2, 10)
const daapVersion = version(3, 12)
/** Oldest clients are told their own version, and then take our answers. */
const oldVersions: Readonly<Record<string, { dmap: number; daap: number }>> = {
  '1.0': { dmap: version(1, 0), daap: version(1, 0) },
  '2.0': { dmap: version(1, 0), daap: version(2, 0) },
}
const passwordOnly = 2

/** It is told before the rest of the host is there, so that it knows no more than this. */
type ServerFacts = Pick<EndpointContext, 'headers' | 'identity' | 'client' | 'clock'>

/**
 * What this host is and can do.
 *
 * Request GET /server-info, without a session
 * Answers `msrv`. Never `aeFP`: it makes clients ask for /fp-setup.
 * Source  docs/protocol/daap-library.md, section 1, in OwnTone's order.
 */
export function serverInfo({ headers, identity, client, clock }: ServerFacts): DmapNode {
  const said = headers['client-daap-version'] ?? ''
  const old = Object.hasOwn(oldVersions, said) ? oldVersions[said] : undefined
  const daap = old?.daap ?? daapVersion
  const wallMs = clock.wallMs()
  return [
    'msrv',
    [
      ['mstt', 200],
      ['mpro', old?.dmap ?? dmapVersion],
      ['minm', identity.name],
      ['apro', daap],
      ['aeSV', daap],
      ['ated', 7],
      ['asgr', client.groupKinds],
      ['aeMQ', 1],
      ['aeTr', 1],
      ['aeSL', 1],
      ['aeSR', 1],
      ['msed', 1], // playlists can be edited
      ['mslr', 1],
      ['mstm', idleSeconds],
      ['msal', 1],
      ...authenticationNodes(identity.sharing === 'password'),
      ['msup', 1],
      ['mspi', 1],
      ['msex', 1],
      ['msbr', 1],
      ['msqy', 1],
      ['msix', 1],
      ['msdc', 1],
      ['mstc', wallMs / 1000],
      ['msto', -60 * new Date(wallMs).getTimezoneOffset()],
      ...machineNodes(identity.macAddresses),
    ],
  ]
}

function authenticationNodes(hasPassword: boolean): DmapNode[] {
  if (!hasPassword) return [['msau', 0]]
  return [
    ['msau', passwordOnly],
    ['msas', 3],
  ]
}

/** For remotes that want to wake this machine. */
function machineNodes(macAddresses: readonly string[]): DmapNode[] {
  if (macAddresses.length === 0) return []
  return [['msml', macAddresses.map((mac): DmapNode => ['msma', msmaOf(mac)])]]
}
