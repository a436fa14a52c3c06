// The language both ends speak, described once as data: content codes, endpoints, services, pairing, queries.
// Host, remote and inspector read the same tables.
// Not here: sockets, HTTP, mDNS packets (discovery/), and what a host or a remote does with a message.

export type * from './api.ts' // values, and typebox with them: from api.ts itself
export {
  announcedCodes,
  type Certainty,
  type ContentCode,
  codeOfName,
  contentCodes,
  type DmapType,
  isContentCode,
  typeNumbers,
} from './dmap/content-codes.ts'
export { decode } from './dmap/decode.ts'
export { containerHeader, encode, encodeAll, factsOf, utf8Length } from './dmap/encode.ts'
export {
  child,
  children,
  type DmapContainer,
  type DmapNames,
  type DmapNode,
  deepestNesting,
  type KnownNode,
  type UnknownCode,
  type UnknownNode,
  type ValueOf,
  widthOf,
} from './dmap/node.ts'
export { type WalkedElement, walk } from './dmap/walk.ts'
export { type EndpointName, type EndpointRow, endpoints, matchEndpoint, pathOf } from './endpoints.ts'
export { fingerprintText, parseFingerprint } from './fingerprint.ts'
export { hex64, parseHex64, parseId } from './ids.ts'
export {
  type ItemSpec,
  packItemSpec,
  parseSpec,
  printSpec,
  type Spec,
  unpackItemSpec,
} from './item-spec.ts'
export { securePort } from './outside.ts'
export {
  errorHeader,
  pairingSecretHeader,
  playRevisionHeader,
  sessionHeader,
  sessionKeyHeader,
} from './own-headers.ts'
export { isPairKey, isPin, isSamePairingCode, pairingCode } from './pairing.ts'
export { privateNetworks } from './private-networks.ts'
export {
  deepestQuery,
  longestQuery,
  parseQuery,
  printQuery,
  type QueryClause,
  QueryError,
  type QueryMatch,
  type QueryNode,
} from './query.ts'
export { type QueryField, type QueryFieldName, queryFieldOf, queryFields } from './query-fields.ts'
export {
  daapTxt,
  dacpIdHeader,
  dacpServiceName,
  dacpTxt,
  type ServiceName,
  type ServiceRow,
  services,
  touchAbleTxt,
  touchRemoteTxt,
} from './services.ts'
export { encodeUrlQuery, parseUrlQuery } from './url-query.ts'
export {
  macOfSpeaker,
  macsFromServerInfo,
  magicPacket,
  mostMacsPerHost,
  msmaOf,
  parseMac,
  speakerIdOf,
  wakePort,
  wakeRounds,
  wakeRoundsAtMs,
} from './wake.ts'
