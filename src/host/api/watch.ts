// /api/watch: one WebSocket that tells every change of the library and the player, with its cause.

import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { KnownError } from '../../errors.ts'
import { watchAgain, watchPath } from '../../protocol/api.ts'
import { type ApiWatchMessage, errorHeader } from '../../protocol/index.ts'
import { targetOf } from '../http/http-message.ts'
import { parametersOf, sessionIdOf } from '../http/query-parameters.ts'
import type { Session } from '../sessions/sessions.ts'
import type { ApiParts } from './api-parts.ts'
import { progressOf, stateOf } from './shapes.ts'

export interface Watch {
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void
  close(): void
}

interface Watcher {
  readonly socket: WebSocket
  readonly isOwner: boolean
  /** Of the remote; undefined for the owner. */
  readonly guid: bigint | undefined
  /** Answered the last ping. */
  isAlive: boolean
}

/** Besides the owner's, who must always see what goes on. */
const mostWatchers = 512
/** Of one remote: a page needs one for all its tabs. */
const mostOfRemote = 16
/** Watchers say nothing but pong and `again`. */
const longestMessageBytes = 1024
/** One that reads so slowly that this piles up is let go; it will come back. */
const mostWaitingBytes = 1024 * 1024
const heartbeatMs = 30_000
/** Progress of a scan is told this often. */
const progressMs = 250
/** Close codes: going away (RFC 6455), and ours for a session that has ended. */
const goingAway = 1001
const sessionEnded = 4403
/** For a watcher to say goodbye too; a silent one must not keep the host from ending (`ws` would wait 30 s). */
const closingMs = 500

export function createWatch(parts: ApiParts): Watch {
  const { library, player, pairingRequests } = parts
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: longestMessageBytes,
    clientTracking: false,
  })
  const watchers = new Set<Watcher>()
  const ending = new AbortController()

  function tell(message: ApiWatchMessage, isForOwnersOnly = false): void {
    if (watchers.size === 0) return
    const text = JSON.stringify(message)
    for (const watcher of watchers) if (watcher.isOwner || !isForOwnersOnly) send(watcher, text)
  }

  function stateMessage(cause: string, state = player.state): ApiWatchMessage {
    return { type: 'state', cause, ...stateOf(parts, state) }
  }

  /** Asks for the next change in the very turn in which one is told, so that none is passed over with its cause. */
  function followPlayer(revision: number): void {
    player.changedSince(revision, ending.signal).then(
      (state) => {
        followPlayer(state.revision)
        tell(stateMessage(state.cause, state))
      },
      () => {}, // the host ends
    )
  }

  function requestsMessage(): ApiWatchMessage {
    return { type: 'pairing-requests', requests: pairingRequests.list() }
  }

  const scanTold = throttled(progressMs, () => tell({ type: 'scan', progress: progressOf(library.progress) }))
  const progress = library.onProgress(scanTold.call)
  const requests = pairingRequests.onChange(() => tell(requestsMessage(), true))
  const heartbeat = setInterval(() => beat(watchers), heartbeatMs)
  heartbeat.unref()
  followPlayer(player.state.revision)
  void follow(ending.signal, library.view.revision, async (revision) => {
    const view = await library.changedSince(revision, ending.signal)
    tell(stateMessage('library changed'))
    return view.revision
  })

  function admit(request: IncomingMessage): { session: Session | undefined; isOwner: boolean } {
    const { path, rawQuery, authority } = targetOf(request.url ?? '')
    const { host, origin, authorization } = request.headers
    const { access, visitors, sessions } = parts
    if (!access.isHostAllowed(host) || !access.isHostAllowed(authority))
      throw new KnownError('HOST_NOT_ALLOWED')
    if (!access.isOriginAllowed(origin, authority ?? host)) throw new KnownError('ORIGIN_NOT_ALLOWED')
    if (path !== watchPath) throw new KnownError('BAD_REQUEST')
    ending.signal.throwIfAborted()
    if (visitors.isOwner(authorization)) return { session: undefined, isOwner: true }
    const id = sessionIdOf(parametersOf(rawQuery))
    const session = id === undefined ? undefined : sessions.find(id)
    if (!session || session.kind === 'player') throw new KnownError('NO_SESSION')
    if (session.kind !== 'owner') checkRoom(session.guid)
    return { session, isOwner: session.kind === 'owner' }
  }

  function checkRoom(guid: bigint | undefined): void {
    const others = [...watchers].filter(({ isOwner }) => !isOwner)
    const own = others.filter((watcher) => watcher.guid === guid)
    if (others.length >= mostWatchers || own.length >= mostOfRemote) throw new KnownError('TOO_MANY_WATCHERS')
  }

  function welcome(socket: WebSocket, session: Session | undefined, isOwner: boolean): void {
    const watcher: Watcher = { socket, isOwner, guid: session?.guid, isAlive: true }
    const release = session && parts.sessions.hold(session)
    const onEnded = () => letGo(socket, sessionEnded, 'the session has ended')
    const leave = session?.ended.onEnd(onEnded)
    watchers.add(watcher)
    socket.on('pong', () => {
      watcher.isAlive = true
    })
    // Each ping is answered by a pong, which piles up for one that never reads.
    socket.on('ping', () => {
      if (isChoked(socket)) socket.terminate()
    })
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      watchers.delete(watcher)
      leave?.()
      release?.()
    })
    socket.on('message', (said) => {
      if (String(said) === watchAgain) tellAll(watcher)
    })
    tellAll(watcher)
  }

  function tellAll(watcher: Watcher): void {
    send(watcher, JSON.stringify(stateMessage('connected')))
    if (library.progress.state === 'scanning')
      send(watcher, JSON.stringify({ type: 'scan', progress: progressOf(library.progress) }))
    if (watcher.isOwner) send(watcher, JSON.stringify(requestsMessage()))
  }

  return {
    upgrade(request, socket, head) {
      try {
        const { session, isOwner } = admit(request)
        sockets.handleUpgrade(request, socket, head, (webSocket) => welcome(webSocket, session, isOwner))
      } catch (error) {
        if (!(error instanceof KnownError)) parts.log.error('a watcher could not be let in', { error })
        refuse(socket, error)
      }
    },
    close() {
      ending.abort(new KnownError('SHUTTING_DOWN'))
      clearInterval(heartbeat)
      scanTold.stop()
      progress.close()
      requests.close()
      for (const { socket } of watchers) letGo(socket, goingAway, 'the host is shutting down')
    },
  }
}

/** Runs until the signal ends it. */
async function follow(
  signal: AbortSignal,
  first: number,
  next: (revision: number) => Promise<number>,
): Promise<void> {
  try {
    for (let revision = first; !signal.aborted; revision = await next(revision));
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

function isChoked({ bufferedAmount }: WebSocket): boolean {
  return bufferedAmount > mostWaitingBytes
}

function send({ socket }: Watcher, text: string): void {
  if (isChoked(socket)) socket.terminate()
  else if (socket.readyState === socket.OPEN) socket.send(text)
}

function letGo(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason)
  setTimeout(() => socket.terminate(), closingMs).unref()
}

/** Connections that died without a word are found and ended. */
function beat(watchers: ReadonlySet<Watcher>): void {
  for (const watcher of watchers) {
    if (!watcher.isAlive) {
      watcher.socket.terminate()
      continue
    }
    watcher.isAlive = false
    watcher.socket.ping()
  }
}

/** Calls at most once per `ms`, and once more after the last. */
function throttled(ms: number, work: () => void): { call(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined
  let isDue = false
  const rest = () => {
    timer = undefined
    if (isDue) call()
  }
  function call(): void {
    isDue = timer !== undefined
    if (isDue) return
    work()
    timer = setTimeout(rest, ms)
    timer.unref()
  }
  return { call, stop: () => clearTimeout(timer) }
}

function refuse(socket: Socket, error: unknown): void {
  const status = error instanceof KnownError ? error.row.status : 500
  const code = error instanceof KnownError ? error.code : 'BUG'
  socket.end(
    `HTTP/1.1 ${status} Refused\r\n${errorHeader}: ${code}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    () => socket.destroy(), // HTTP knows no more of it: left open by the other side it would stay for ever
  )
}
