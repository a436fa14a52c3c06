// What the door leads to.

import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Answered, Eventually, HostRequest, Target } from '../http/http-message.ts'

export interface Rooms {
  /** Throws KnownError for what it refuses. */
  answer(request: HostRequest, target: Target): Eventually<Answered>
  /** A request to speak WebSocket. */
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void
}
