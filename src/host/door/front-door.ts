// The port at home: who may talk to this host at all. It is opened before the rooms behind it, so that a remote that
// looks for its library finds it at once; until they are open the waiting room answers.

import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { DataDirectory, Identity } from '../data/data-directory.ts'
import type { Answered, Eventually, HostRequest, Target } from '../http/http-message.ts'
import { targetOf } from '../http/http-message.ts'
import { type Access, createAccess } from '../sessions/access.ts'
import { failed } from './failed-request.ts'
import { listenOnAll, urlOf } from './ports.ts'
import type { Rooms } from './rooms.ts'
import { createWaitingRoom } from './waiting-room.ts'

export interface DoorOptions {
  readonly dataDirectory: DataDirectory
  readonly identity: Identity
  /** 0: the port kept in the data directory, else a free one, which is kept from then on. */
  readonly port: number
  /** Addresses of this machine to listen on; none: all of them. */
  readonly listen?: readonly string[] | undefined
  /** Names to answer under, besides the machine's own. */
  readonly allowedHosts?: readonly string[] | undefined
  /** Networks to answer to besides on-link, private and VPN ones: "203.0.113.0/24", or "all". */
  readonly allowedNetworks?: readonly string[] | undefined
  readonly version: string
  readonly log: Log
  readonly clock: Clock
}

export interface FrontDoor {
  /** `http://ADDRESS:PORT`, with an address by which others reach it. */
  readonly url: string
  readonly port: number
  /** Addresses that it listens on; none: all of them. */
  readonly addresses: readonly string[]
  readonly access: Access
  /** Value of the header DAAP-Server. */
  readonly server: string
  /** Answers as this port does. Never fails. */
  handle(request: HostRequest): Eventually<Answered>
  /** From now on the rooms answer, those first who have waited. */
  leadTo(rooms: Rooms): void
  /** Answers those who wait, closes every connection; at once when it is closed. */
  close(): Promise<void>
}

/** PORT_IN_USE, ADDRESS_NOT_USABLE, BAD_SETTING. */
export async function openFrontDoor(options: DoorOptions): Promise<FrontDoor> {
  const { listen: addresses = [], allowedHosts = [], allowedNetworks = [], log, clock } = options
  const access = createAccess({ allowedHosts, allowedNetworks }, clock)
  const waitingRoom = createWaitingRoom(options)
  let rooms: Rooms = waitingRoom

  function handle(request: HostRequest): Eventually<Answered> {
    try {
      const target = targetOf(request.target)
      checkAccess(request, target, access)
      const answer = rooms.answer(request, target)
      if (!(answer instanceof Promise)) return answer
      return answer.catch((error: unknown) => failed(error, request, options))
    } catch (error) {
      return failed(error, request, options)
    }
  }

  const server = `Tonearm/${options.version}`
  const servers = await listenOnAll(options, {
    handle,
    isWelcome: ({ remoteAddress }) => access.isAddressAllowed(remoteAddress ?? ''),
    upgrade: (...request) => rooms.upgrade(...request),
    server,
    log,
  })
  const port = servers[0]?.port ?? options.port
  let closed: Promise<unknown> | undefined

  return {
    ...{ url: urlOf(addresses[0], port), port, addresses, access, server, handle },
    leadTo(next) {
      rooms = next
      waitingRoom.letIn(next)
    },
    async close() {
      waitingRoom.close()
      await (closed ??= Promise.all(servers.map((one) => one.close())))
    },
  }
}

/** An absolute target's authority is what the client means to reach, so it counts as well as the header. */
function checkAccess({ headers }: HostRequest, { authority }: Target, access: Access): void {
  if (!access.isHostAllowed(headers['host']) || !access.isHostAllowed(authority))
    throw new KnownError('HOST_NOT_ALLOWED')
  if (!access.isOriginAllowed(headers['origin'], authority ?? headers['host']))
    throw new KnownError('ORIGIN_NOT_ALLOWED')
}
