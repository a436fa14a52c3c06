// Puts the host together: identity, pairings, sessions, endpoints, API, page and announcements behind the front door.

import type { Clock } from '../clock.ts'
import type { Discovery } from '../discovery/index.ts'
import { KnownError } from '../errors.ts'
import type { Database, Library } from '../library/index.ts'
import type { Log } from '../log.ts'
import type { Player } from '../player/index.ts'
import { aboutHost } from './about-host.ts'
import type { ApiParts, FolderChoice } from './api/api-parts.ts'
import { warmUpListsLater } from './daap/warm-up.ts'
import type { DataDirectory, Identity } from './data/data-directory.ts'
import type { FrontDoor } from './door/front-door.ts'
import { endpointsFor } from './endpoints.ts'
import type { HostRequest, Target } from './http/http-message.ts'
import { lazyApi } from './lazy-api.ts'
import { announceHost } from './network/announce.ts'
import { openNeighbourHosts } from './network/neighbour-hosts.ts'
import { type OwnExamination, sharedExamination } from './network/own-examination.ts'
import { pageAnswer } from './page/page.ts'
import { pageFilesIn } from './page/page-files.ts'
import { pageWithAbout } from './page/page-with-about.ts'
import { welcomePage } from './page/welcome-page.ts'
import { createOwnerLinks } from './pairing/owner-links.ts'
import { createPairingRequests, type PairingRequest } from './pairing/pairing-requests.ts'
import { openPairings } from './pairing/pairings.ts'
import { route } from './router.ts'
import { createAttempts } from './sessions/attempts.ts'
import { createSessions } from './sessions/sessions.ts'
import { type ActiveRemote, createVisitors, type Share } from './sessions/visitors.ts'
import type { Listeners } from './streams/listeners.ts'
import { createStreams } from './streams/streams.ts'
import type { CertificateFiles } from './tls/given-certificate.ts'
import type { SecurePort } from './tls/secure-port.ts'

export type HostEvent =
  | {
      readonly event: 'pairing-request'
      readonly id: string
      readonly name: string
      readonly address: string
    }
  | { readonly event: 'paired'; readonly name: string }

export interface HostOptions {
  /** Closed with the host. */
  readonly door: FrontDoor
  readonly library: Library
  readonly player: Player
  /** library.db: the pairings have their table there. */
  readonly database: Database
  readonly dataDirectory: DataDirectory
  readonly identity: Identity
  /** Without it nothing is announced, and only browsers can ask to be paired. */
  readonly discovery?: Discovery | undefined
  /** Needed with identity.sharing 'password'. */
  readonly sharePassword?: string | undefined
  /** A second port with TLS, for paired remotes from anywhere; none: they come from this network only. */
  readonly secure?: SecureSettings | undefined
  /** Those who make sound into bytes for `/stream`; they are closed with the host. */
  readonly listeners?: Listeners | undefined
  /** The folder of the built page; without one `/` says how to build it. */
  readonly page?: string | undefined
  readonly version: string
  readonly log: Log
  readonly clock: Clock
  readonly onEvent?: (event: HostEvent) => void
  /** The doctor's checks of this host, for `GET /api/doctor`; the doctor knows hosts, not the other way round. */
  readonly examine?: (host: { name: string; url: string }) => Promise<OwnExamination>
  /** Without it the music folders cannot be changed from here. */
  readonly folderChoice?: FolderChoice | undefined
  /** Numbers given to speakers that play now (`Active-Remote`). */
  readonly activeRemotes?: () => readonly ActiveRemote[]
}

export interface SecureSettings {
  /** 0: a free one. */
  readonly port: number
  /** Without it the host makes its own. */
  readonly certificate?: CertificateFiles | undefined
}

export interface Host {
  /** `http://ADDRESS:PORT`, with an address by which others reach it. */
  readonly url: string
  readonly port: number
  readonly name: string
  readonly secure: { readonly port: number; readonly fingerprint: string } | undefined
  /** A link that gives the first who opens it the owner token; ten minutes. */
  makeOwnerLink(): { url: string; expiresAtMs: number }
  /** Says goodbye, answers those who wait, closes the port; within two seconds. */
  close(): Promise<void>
}

/** After its first lists, before anybody has had time to choose a song. */
const warmPlayerMs = 400

/** See `openHost`. */
export async function assembleHost(options: HostOptions): Promise<Host> {
  const { door, library, player, database, identity, clock, log } = options
  const { access, url, port } = door
  const pairings = openPairings(database, clock)
  const sessions = createSessions(clock)
  const ownerLinks = createOwnerLinks(clock)
  const attempts = createAttempts(clock)
  const visitors = createVisitors({
    pairings,
    attempts,
    ownerToken: options.dataDirectory.ownerToken,
    share: shareOf(options),
    activeRemotes: options.activeRemotes ?? (() => []),
  })
  let instanceName = () => identity.instanceName
  const pairingRequests = createPairingRequests({
    pairings,
    discovery: options.discovery,
    clock,
    log,
    isAddressAllowed: access.isAddressAllowed,
    serviceName: () => instanceName(),
    onRequest: ({ id, name, address }: PairingRequest) =>
      options.onEvent?.({ event: 'pairing-request', id, name, address }),
  })
  const neighbours = openNeighbourHosts({
    ...{ database, discovery: options.discovery, clock, log },
    serviceName: () => instanceName(),
  })
  const streams = createStreams({
    ...{ database, pairings, player, attempts, clock, listeners: options.listeners },
    libraryName: identity.name,
  })
  const apiParts: ApiParts = {
    ...{ library, player, pairings, sessions, identity, clock, log, access, visitors, attempts },
    ...{ ownerLinks, pairingRequests, neighbours, streams, version: options.version },
    ownerToken: options.dataDirectory.ownerToken,
    folderChoice: options.folderChoice,
    here: () => ({ url, port }),
    secure: () => secure && { port: secure.port, ...secure.identity },
    examination: sharedExamination(() => {
      if (!options.examine) throw new KnownError('NOT_FOUND', { path: '/api/doctor' })
      return options.examine({ name: identity.name, url })
    }, clock),
    onPaired: (name) => options.onEvent?.({ event: 'paired', name }),
  }
  const pageFiles = options.page === undefined ? () => undefined : pageFilesIn(options.page)
  const withAbout = pageWithAbout(() => aboutHost(apiParts))
  const welcomeFacts = () => ({
    libraryName: identity.name,
    songCount: library.view.songCount,
    version: options.version,
  })
  const api = lazyApi(apiParts)
  let warmingPlayer: NodeJS.Timeout | undefined
  const closing = new AbortController()
  const routerParts = {
    ...apiParts,
    endpoints: endpointsFor(visitors, () => {
      // Whoever comes in will soon play and watch. Before, nobody needs the memory that this takes.
      warmingPlayer ??= setTimeout(() => player.warm(), warmPlayerMs).unref()
    }),
    answerApi: api.answer,
    answerStream: streams.answer,
    answerPage: (request: HostRequest, target: Target) => {
      const files = pageFiles()
      return files
        ? pageAnswer(request, target, files, withAbout)
        : welcomePage(request, target, welcomeFacts)
    },
  }

  /** What it takes is loaded by the few hosts that have such a port. */
  async function openSecure(): Promise<SecurePort | undefined> {
    if (!options.secure) return undefined
    const { openSecureHost } = await import('./tls/open-secure-host.ts')
    return openSecureHost({
      ...options.secure,
      ...{ handle: door.handle, upgrade: api.upgrade, server: door.server, listen: door.addresses },
      ...{ sessions, clock, log, libraryName: identity.name },
      dataDirectory: options.dataDirectory.path,
    })
  }

  const secure = await openSecure()
  door.leadTo({ answer: (request, target) => route(request, target, routerParts), upgrade: api.upgrade })
  warmUpListsLater(() => library.view, log, closing.signal)
  const announcements =
    options.discovery &&
    announceHost({ discovery: options.discovery, log, names: options.dataDirectory }, identity, port)
  if (announcements) instanceName = () => announcements.instanceName

  return {
    url,
    port,
    name: identity.name,
    secure: secure && { port: secure.port, fingerprint: secure.identity.fingerprint },
    makeOwnerLink() {
      const { code, expiresAtMs } = ownerLinks.make()
      return { url: `${url}/#owner=${code}`, expiresAtMs }
    },
    async close() {
      closing.abort()
      clearTimeout(warmingPlayer)
      pairingRequests.close()
      neighbours.close()
      streams.close()
      const goodbye = withinMs(announcements?.withdraw(), goodbyeMs)
      await api.close()
      await Promise.all([door.close(), secure?.close()])
      await goodbye
    },
  }
}

/** Longer than the packets take; a network that is gone must not keep the host from ending. */
const goodbyeMs = 700

async function withinMs(work: Promise<void> | undefined, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work ?? Promise.resolve(), timeout])
  clearTimeout(timer)
}

function shareOf({ identity, sharePassword }: HostOptions): Share {
  if (identity.sharing !== 'password') return identity.sharing
  if (sharePassword === undefined) throw new KnownError('BAD_REQUEST', { missing: 'sharePassword' })
  return { password: sharePassword }
}
