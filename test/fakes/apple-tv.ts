// An Apple TV as a remote meets it: no library, no queue, a screen that keys and touches steer, a keyboard at times.
// Real HTTP on a port of this machine; `node test/fakes/apple-tv.ts` runs it by hand.

import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { child, type DmapNode, decode, encode, parseUrlQuery } from '../../src/protocol/index.ts'

export interface AppleTv {
  /** `127.0.0.1:PORT`. */
  readonly address: string
  readonly guid: string
  /** What was pressed and touched, as it came: "menu", "touchDown&time=0&point=20,275". */
  readonly pressed: readonly string[]
  /** What stands in the field, and whether the keyboard is up. */
  readonly field: { readonly text: string; readonly isOpen: boolean }
  asksForText(prompt: { title: string; text: string; isEmail?: boolean }): void
}

const guid = '00000000000000A1'
const session = 11

export async function startAppleTv(t: { after(work: () => unknown): void }): Promise<AppleTv> {
  const pressed: string[] = []
  const waiting = new Set<ServerResponse>()
  let promptId = 1
  let keyboard: { id: string; title: string; text: string; isEmail: boolean } | undefined
  let text = ''

  const prompt = (): DmapNode => {
    const values = keyboard
      ? {
          MessageType: '0',
          Title: keyboard.title,
          SubText: 'On your TV',
          KeyboardType: keyboard.isEmail ? '7' : '0',
          String: text,
          SessionID: keyboard.id,
        }
      : { MessageType: '2' }
    const entries = Object.entries(values).map(
      ([name, value]): DmapNode => [
        'mdcl',
        [
          ['cmce', `kKeybMsgKey_${name}`],
          ['cmcv', value],
        ],
      ],
    )
    return ['cmcp', [['miid', promptId], ...entries]]
  }
  const changePrompt = () => {
    promptId += 1
    for (const response of waiting) send(response, prompt())
    waiting.clear()
  }

  function entered(body: Uint8Array): void {
    const nodes = decode(body)
    const event = child(nodes, 'cmbe') ?? ''
    if (!event.startsWith('Prompt')) return void pressed.push(event)
    if (!keyboard || child(nodes, 'cmcc') !== keyboard.id) return
    text = child(nodes, 'cmte') ?? text
    if (event !== 'PromptDone') return
    keyboard = undefined
    changePrompt()
  }

  const server = createServer(async (request, response) => {
    const [path = '', search = ''] = (request.url ?? '').split('?')
    const query = new Map(parseUrlQuery(search))
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (path === '/server-info') return send(response, serverInfo)
    if (path === '/ctrl-int') return send(response, controlInterface)
    if (path === '/login' && query.get('pairing-guid')?.toUpperCase() === `0X${guid}`)
      return send(response, login)
    if (path === '/login') return refuse(response, 503)
    if (query.get('session-id') !== String(session)) return refuse(response, 403)
    if (path === '/ctrl-int/1/playstatusupdate') return send(response, idle)
    if (path === '/ctrl-int/1/controlpromptentry' && request.method === 'POST') {
      entered(Buffer.concat(chunks))
      return refuse(response, 204)
    }
    if (path === '/controlpromptupdate') {
      const isNews = query.get('prompt-id') !== String(promptId)
      if (isNews || (promptId === 1 && keyboard)) return send(response, prompt())
      waiting.add(response)
      response.on('close', () => waiting.delete(response))
      return
    }
    return refuse(response, path.startsWith('/ctrl-int/1/') ? 204 : 404)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    guid,
    pressed,
    get field() {
      return { text, isOpen: keyboard !== undefined }
    },
    asksForText({ title, text: before, isEmail = false }) {
      text = before
      keyboard = { id: String(promptId * 100), title, text: before, isEmail }
      changePrompt()
    },
  }
}

function send(response: ServerResponse, node: DmapNode): void {
  const body = encode(node)
  response.writeHead(200, { 'Content-Type': 'application/x-dmap-tagged', 'Content-Length': body.length })
  response.end(body)
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0 }).end()
}

const serverInfo: DmapNode = [
  'msrv',
  [
    ['mstt', 200],
    ['minm', 'Living Room'],
  ],
]
const controlInterface: DmapNode = [
  'caci',
  [
    ['mstt', 200],
    [
      'mlcl',
      [
        [
          'mlit',
          [
            ['miid', 1],
            ['ceDR', 1],
          ],
        ],
      ],
    ],
  ],
]
const login: DmapNode = [
  'mlog',
  [
    ['mstt', 200],
    ['mlid', session],
  ],
]
/** All that one says that has nothing to play. */
const idle: DmapNode = [
  'cmst',
  [
    ['mstt', 200],
    ['cmsr', 159],
  ],
]

if (import.meta.main) {
  const appleTv = await startAppleTv({ after() {} })
  console.log(`An Apple TV at ${appleTv.address}; a remote with the guid ${appleTv.guid} may come in.`)
}
