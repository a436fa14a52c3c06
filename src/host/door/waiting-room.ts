// What is behind the door while the rooms are being opened: who this host is can be told at once; everything else waits.

import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { matchEndpoint } from '../../protocol/index.ts'
import { serverInfo } from '../daap/server-info.ts'
import type { Identity } from '../data/data-directory.ts'
import type { Answered, HostRequest } from '../http/http-message.ts'
import { responseOf } from '../http/responses.ts'
import { habitsOf } from '../quirks.ts'
import type { Rooms } from './rooms.ts'

/** After a restart all remotes of a house come back at once. */
const mostWaiting = 1000

export interface WaitingRoom extends Rooms {
  /** Whoever came first is answered first. */
  letIn(rooms: Rooms): void
  /** SHUTTING_DOWN for all who wait. */
  close(): void
}

/** Answers with STARTING when too many wait. */
export function createWaitingRoom({ identity, clock }: { identity: Identity; clock: Clock }): WaitingRoom {
  const opened = Promise.withResolvers<Rooms>()
  opened.promise.catch(() => {}) // is told to those who wait, if there are any
  let waiting = 0

  async function rooms(): Promise<Rooms> {
    if (waiting >= mostWaiting) throw new KnownError('STARTING')
    waiting += 1
    return opened.promise
  }

  async function later(...request: Parameters<Rooms['answer']>): Promise<Answered> {
    return (await rooms()).answer(...request)
  }

  return {
    answer(request, target) {
      if (!isForServerInfo(request, target.path)) return later(request, target)
      const { headers } = request
      return responseOf(serverInfo({ headers, client: habitsOf(headers['user-agent']), identity, clock }))
    },
    upgrade(request, socket, head) {
      const giveUp = () => socket.destroy()
      socket.on('error', giveUp)
      rooms().then((opened) => opened.upgrade(request, socket, head), giveUp)
    },
    letIn: opened.resolve,
    close: () => opened.reject(new KnownError('SHUTTING_DOWN')),
  }
}

function isForServerInfo({ method }: HostRequest, path: string): boolean {
  return method === 'GET' && matchEndpoint(path)?.name === 'serverInfo'
}
