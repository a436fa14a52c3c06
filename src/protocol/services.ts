// The DNS-SD services of this family and their TXT keys: what each means, and how we fill them.
// Source: docs/protocol/discovery.md, sections 1 and 2.

import { hex64 } from './ids.ts'

export interface ServiceRow {
  readonly type: string
  /** Who announces it, and to whom. */
  readonly purpose: string
  /** TXT keys and what they mean, in the order in which we write them. */
  readonly keys: Readonly<Record<string, string>>
}

const homeSharingKeys = {
  txtvers: 'version of the TXT record',
  hG: 'Home Sharing group',
  hC: 'Home Sharing computer',
  hQ: 'unknown, 102 seen',
  PrVs: 'protocol version',
  'Machine Name': 'visible name',
  'Machine ID': 'machine id',
  'Database ID': 'database id, 16 hex digits',
  MID: 'machine id, 0x and 16 hex digits',
  Version: 'DAAP version',
  'iTSh Version': 'sharing version',
  dmv: 'DMAP version',
  DvTy: 'device type',
  DvSv: 'device version',
  OSsi: 'flags of the operating system',
  iCSV: 'client sharing version',
  atSV: 'software version of an Apple TV',
  DFID: 'Apple TV, 2 seen',
  EiTS: 'Apple TV, 1 seen',
  fs: 'Apple TV, 2 seen',
  MniT: 'Apple TV: least version of iTunes',
  MiTPV: 'Apple TV: least version of its protocol',
  Name: 'display name of an Apple TV',
} as const

export const services = {
  touchAble: {
    type: '_touch-able._tcp',
    purpose: 'a library that remotes can control; its instance name is the servicename of pairing',
    keys: {
      txtvers: 'version of the TXT record',
      DbId: 'database id, 16 hex digits',
      DvTy: 'iTunes or AppleTV',
      DvSv: 'device version',
      Ver: 'protocol version, major << 16 | minor',
      OSsi: 'flags of the operating system',
      CtlN: 'visible name of the library',
      iV: 'version of iTunes',
      iCSV: 'client sharing version',
      atCV: 'client version of an Apple TV',
      atSV: 'software version of an Apple TV',
    },
  },
  touchRemote: {
    type: '_touch-remote._tcp',
    purpose: 'a remote whose pairing screen is open',
    keys: {
      DvNm: 'name to show on the host',
      RemV: 'version of the app',
      DvTy: 'model family: iPod, iPhone, iPad',
      RemN: 'name of the app',
      txtvers: 'version of the TXT record',
      Pair: 'pairing key, 16 hex digits, new for each pairing screen',
    },
  },
  daap: {
    type: '_daap._tcp',
    purpose: 'a library that players can stream from',
    keys: {
      txtvers: 'version of the TXT record',
      'Database ID': 'database id, 16 hex digits',
      'Machine ID': 'machine id',
      'Machine Name': 'visible name of the library',
      'mtd-version': 'version of the server software',
      'iTSh Version': 'sharing version',
      Version: 'DAAP version, major << 16 | minor',
      Password: 'whether a password is needed: true or false, 1 or 0',
      ffid: 'mark of the server software',
      MID: 'machine id, 0x and 16 hex digits',
      OSsi: 'flags of the operating system',
      dmv: 'DMAP version, major << 16 | minor',
      'Media Kinds Shared': 'bit mask of media kinds',
    },
  },
  dacp: {
    type: '_dacp._tcp',
    purpose: 'whoever sends AirPlay audio and takes commands from speakers',
    keys: {
      txtvers: 'version of the TXT record',
      Ver: 'protocol version, major << 16 | minor',
      DbId: 'database id',
      OSsi: 'flags of the operating system',
    },
  },
  homeSharing: { type: '_home-sharing._tcp', purpose: 'a Home Sharing library', keys: homeSharingKeys },
  appleTv: {
    type: '_appletv-v2._tcp',
    purpose: 'an Apple TV 2 or 3 with Home Sharing',
    keys: homeSharingKeys,
  },
  hscp: {
    type: '_hscp._tcp',
    purpose: 'an Apple TV or Music app under Home Sharing control',
    keys: homeSharingKeys,
  },
  raop: {
    type: '_raop._tcp',
    purpose: 'an AirPlay speaker; named by its MAC, an @ and its name',
    keys: {
      txtvers: 'version of the TXT record',
      ch: 'channels',
      cn: 'codecs: 0 PCM, 1 ALAC, 2 AAC, 3 AAC-ELD',
      et: 'encryption: 0 none, 1 RSA, 3 FairPlay, 4 MFi, 5 FairPlay SAP',
      ek: 'encryption key, 1 seen',
      md: 'metadata taken: 0 text, 1 artwork, 2 progress',
      pw: 'whether a password is needed',
      sf: 'status flags',
      sr: 'sample rate, Hz',
      ss: 'bits per sample',
      sv: 'unknown, false seen',
      da: 'digest authentication in the style of RFC 2617',
      tp: 'transports: UDP, TCP',
      am: 'model',
      vn: 'version of the protocol, 65537 is 1.1',
      vs: 'version of the software',
      fv: 'version of the firmware',
      ft: 'features, bit mask',
    },
  },
  airplay: { type: '_airplay._tcp', purpose: 'an AirPlay receiver', keys: { deviceid: 'MAC address' } },
  sleepProxy: { type: '_sleep-proxy._udp', purpose: 'answers for hosts that sleep', keys: {} },
} as const satisfies Record<string, ServiceRow>

export type ServiceName = keyof typeof services

/** Strings of a TXT record are at most 255 bytes, key and "=" included. */
const longestEntryBytes = 255

/** Versions as iTunes 12 says them; remotes compare with what they knew then. */
const dacpVersion = '131077' // 2.5
const daapVersion = '196620' // 3.12
const dmapVersion = '131082' // 2.10
const osFlags = '0x1F5'

export function touchAbleTxt(library: { name: string; databaseId: bigint }): Record<string, string> {
  return fitted({
    txtvers: '1',
    DbId: hex64(library.databaseId),
    DvTy: 'iTunes', // 'AppleTV' would make Remote show its trackpad
    DvSv: '3120',
    Ver: dacpVersion,
    OSsi: osFlags,
    CtlN: library.name,
  })
}

export function touchRemoteTxt(remote: {
  name: string
  pair: string
  family?: string
}): Record<string, string> {
  return fitted({
    DvNm: remote.name,
    RemV: '10000',
    DvTy: remote.family ?? 'iPod',
    RemN: 'Remote',
    txtvers: '1',
    // OwnTone refuses a Pair that is not exactly 16 characters long.
    Pair: remote.pair.padStart(16, '0'),
  })
}

export function daapTxt(library: {
  name: string
  databaseId: bigint
  hasPassword: boolean
}): Record<string, string> {
  return fitted({
    txtvers: '1',
    'Database ID': hex64(library.databaseId),
    'Machine ID': hex64(library.databaseId),
    'Machine Name': library.name,
    'iTSh Version': daapVersion,
    Version: daapVersion,
    dmv: dmapVersion,
    Password: library.hasPassword ? '1' : '0',
    'Media Kinds Shared': '1',
  })
}

export function dacpTxt(library: { databaseId: bigint }): Record<string, string> {
  return { txtvers: '1', Ver: dacpVersion, DbId: hex64(library.databaseId), OSsi: osFlags }
}

/** The instance name under which speakers look for who plays on them; `DACP-ID` has no leading zeros. */
export function dacpServiceName(dacpId: bigint): string {
  return `iTunes_Ctrl_${hex64(dacpId)}`
}

export function dacpIdHeader(dacpId: bigint): string {
  return BigInt.asUintN(64, dacpId).toString(16).toUpperCase()
}

function fitted(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).map(([key, value]) => [
      key,
      shortened(value, longestEntryBytes - key.length - 1),
    ]),
  )
}

/** The longest beginning that fits, never half a character. */
function shortened(text: string, mostBytes: number): string {
  const encoder = new TextEncoder()
  const { read } = encoder.encodeInto(text, new Uint8Array(mostBytes))
  return text.slice(0, read)
}
