// A host in the manner of iTunes 10: no `/api`, one wait per session, silent when a song merely starts again.
// Real HTTP on a port of this machine; `node test/fakes/itunes-host.ts` runs it by hand.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type DmapNode, encode, packItemSpec, parseUrlQuery } from '../../src/protocol/index.ts'

export interface ItunesHost {
  /** `127.0.0.1:PORT`. */
  readonly address: string
  readonly guid: string
  /** Paths with their parameters (but the session), as they came. */
  readonly requests: readonly string[]
  readonly logins: number
  /** What plays, or null; tells whoever waits, unless it is about to be silent. */
  plays(song: { title: string; positionMs?: number } | null): void
  setsVolume(percent: number): void
  /** The next answer overtakes what would tell who waits. */
  queueChangesUnheard(): void
  libraryChanges(): void
  /** Every session has ended: the next request is refused. */
  forgetsSessions(): void
  neverAnswersUpdate(): void
  /** Answers the next status requests with bytes that are no DMAP. */
  talksNonsense(times: number): void
  /** Stops listening, and every connection breaks. */
  goesAway(): Promise<void>
  /** On the same port, with other sessions and revisions. */
  comesBack(): Promise<void>
}

export interface ItunesOptions {
  /** iTunes 11 and later. */
  readonly hasPlayQueue?: boolean
  readonly songs?: readonly string[]
  /** Another program of that time: its `DAAP-Server`. */
  readonly software?: string
}

const guid = '00000000000000A1'
const durationMs = 200_000

interface Wait {
  readonly session: number
  readonly response: ServerResponse
}

export async function startItunesHost(
  t: { after(work: () => unknown): void },
  { hasPlayQueue = false, songs = ['One', 'Two'], software = 'iTunes/10.6 (Mac OS X)' }: ItunesOptions = {},
): Promise<ItunesHost> {
  const requests: string[] = []
  const sessions = new Set<number>()
  const sockets = new Set<Socket>()
  const statusWaits = new Set<Wait>()
  const libraryWaits = new Set<Wait>()
  let song: { title: string; positionMs?: number } | null = null
  let volume = 50
  let playRevision = 2
  let libraryRevision = 2
  let logins = 0
  let isUpdateDumb = false
  let nonsense = 0

  const status = (): DmapNode => [
    'cmst',
    [
      ['mstt', 200],
      ['cmsr', playRevision],
      ['caps', song ? 4 : 2],
      ['cash', 0],
      ['carp', 0],
      ...(song
        ? ([
            ['canp', packItemSpec({ databaseId: 36, containerId: 7, containerItemId: 1, itemId: 1 })],
            ['cann', song.title],
            ['cana', 'Somebody'],
            ['cast', durationMs],
            ['cant', durationMs - (song.positionMs ?? 0)],
          ] as const)
        : []),
    ],
  ]
  const update = (): DmapNode => [
    'mupd',
    [
      ['mstt', 200],
      ['musr', libraryRevision],
    ],
  ]
  const tell = (waits: Set<Wait>, answer: () => DmapNode) => {
    for (const { response } of waits) send(response, answer())
    waits.clear()
  }
  const send = (response: ServerResponse, node: DmapNode) => {
    const body = encode(node)
    response.writeHead(200, {
      'Content-Type': 'application/x-dmap-tagged',
      'DAAP-Server': software,
      'Content-Length': body.length,
    })
    response.end(body)
  }
  const refuse = (response: ServerResponse, status: number) =>
    void response.writeHead(status, { 'DAAP-Server': software, 'Content-Length': 0 }).end()

  /** One wait per session: a new one replaces the old; the client closing it ends the session. */
  function wait(waits: Set<Wait>, session: number, response: ServerResponse): void {
    for (const former of waits) if (former.session === session) waits.delete(former)
    const waiting = { session, response }
    waits.add(waiting)
    response.on('close', () => {
      if (waits.delete(waiting) && !response.writableEnded) sessions.delete(session)
    })
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const [path = '', search = ''] = (request.url ?? '').split('?')
    const pairs = parseUrlQuery(search)
    const query = new Map(pairs)
    const shown = pairs.filter(([name]) => name !== 'session-id').map(([name, value]) => `${name}=${value}`)
    requests.push(shown.length === 0 ? path : `${path}?${shown.join('&')}`)
    if (path === '/server-info')
      return send(response, [
        'msrv',
        [
          ['mstt', 200],
          ['minm', 'Old Mac'],
        ],
      ])
    if (path === '/ctrl-int') return send(response, controlInterface(hasPlayQueue))
    if (path === '/login') {
      if (query.get('pairing-guid')?.toUpperCase() !== `0X${guid}`) return refuse(response, 503)
      logins += 1
      sessions.add(4_000_000_000 + logins)
      return send(response, [
        'mlog',
        [
          ['mstt', 200],
          ['mlid', 4_000_000_000 + logins],
        ],
      ])
    }
    const session = Number(query.get('session-id'))
    if (!sessions.has(session)) return refuse(response, 403)
    if (path === '/logout') {
      sessions.delete(session)
      return refuse(response, 204)
    }
    const revision = Number(query.get('revision-number'))
    if (path === '/update') {
      if (isUpdateDumb || revision === libraryRevision) return wait(libraryWaits, session, response)
      return send(response, update())
    }
    if (path === '/ctrl-int/1/playstatusupdate') {
      if (nonsense > 0) {
        nonsense -= 1
        return void response.end('nonsense')
      }
      // A new question replaces the one that waits, even one that is answered at once.
      if (revision === playRevision) return wait(statusWaits, session, response)
      for (const former of statusWaits) if (former.session === session) statusWaits.delete(former)
      return send(response, status())
    }
    if (path === '/ctrl-int/1/getproperty')
      return send(response, [
        'cmgt',
        [
          ['mstt', 200],
          ['cmvo', volume],
        ],
      ])
    if (path === '/ctrl-int/1/previtem') {
      if (song) song = { ...song, positionMs: 0 } // and nobody is told
      return refuse(response, 204)
    }
    if (path === '/ctrl-int/1/play' && !song) return refuse(response, 500)
    if (path.startsWith('/ctrl-int/1/')) return refuse(response, 204)
    if (path === '/databases') return send(response, databases)
    if (path === '/databases/36/containers') return send(response, playlists(songs.length))
    if (path === '/databases/36/containers/7/items') return send(response, items(songs))
    return refuse(response, 404)
  }

  let server: Server = createServer(answer)
  const listen = (port: number) => {
    server = createServer(answer)
    server.on('connection', (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    return new Promise<void>((resolve) => {
      server.listen(port, '127.0.0.1', resolve)
    })
  }
  const goesAway = async () => {
    const closed = new Promise((resolve) => {
      server.close(resolve)
    })
    for (const socket of sockets) socket.destroy()
    await closed
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  t.after(goesAway)

  return {
    address: `127.0.0.1:${port}`,
    guid,
    requests,
    get logins() {
      return logins
    },
    plays(next) {
      song = next
      playRevision += 1
      tell(statusWaits, status)
    },
    setsVolume(percent) {
      volume = percent
      playRevision += 1
      tell(statusWaits, status)
    },
    queueChangesUnheard() {
      playRevision += 1
    },
    libraryChanges() {
      libraryRevision += 1
      tell(libraryWaits, update)
    },
    forgetsSessions: () => sessions.clear(),
    neverAnswersUpdate() {
      isUpdateDumb = true
    },
    talksNonsense(times) {
      nonsense = times
    },
    goesAway,
    async comesBack() {
      sessions.clear()
      playRevision = 2
      await listen(port)
    },
  }
}

function controlInterface(hasPlayQueue: boolean): DmapNode {
  const item: DmapNode[] = [
    ['miid', 1],
    ['cmik', 1],
  ]
  if (hasPlayQueue) item.push(['ceSX', 1n])
  return [
    'caci',
    [
      ['mstt', 200],
      ['mlcl', [['mlit', item]]],
    ],
  ]
}

const databases: DmapNode = [
  'avdb',
  [
    ['mstt', 200],
    [
      'mlcl',
      [
        [
          'mlit',
          [
            ['miid', 36],
            ['mper', 0xfedc_ba98_7654_3210n],
            ['mdbk', 1],
            ['minm', 'Old Mac'],
          ],
        ],
      ],
    ],
  ],
]

function playlists(count: number): DmapNode {
  const base: DmapNode = [
    'mlit',
    [
      ['miid', 7],
      ['mper', 7n],
      ['minm', 'Library'],
      ['mimc', count],
      ['abpl', 1],
    ],
  ]
  return [
    'aply',
    [
      ['mstt', 200],
      ['mtco', 1],
      ['mlcl', [base]],
    ],
  ]
}

function items(songs: readonly string[]): DmapNode {
  return [
    'apso',
    [
      ['mstt', 200],
      ['mtco', songs.length],
      [
        'mlcl',
        songs.map(
          (title, index): DmapNode => [
            'mlit',
            [
              ['miid', index + 1],
              ['minm', title],
              ['asar', 'Somebody'],
              ['asai', 0xffff_ffff_ffff_fff0n],
            ],
          ],
        ),
      ],
    ],
  ]
}

if (import.meta.main) {
  const host = await startItunesHost({ after() {} })
  host.plays({ title: 'One' })
  console.log(`An old iTunes at ${host.address}; a remote with the guid ${host.guid} may come in.`)
}
