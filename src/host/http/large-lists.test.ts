// Long lists over a real socket: in pieces, zipped or not, to one or to many, read or not read.

import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { startHost } from '../../../test/fakes/host.ts'

const comment = 'A comment that is as long as people write them when they rip a disc. '
const songs = Array.from({ length: 2500 }, (_, index) => ({
  title: `Song ${index}`,
  artist: `Artist ${index % 50}`,
  comment: `${comment.repeat(4)}${index}`,
}))
const path = '/databases/1/items?meta=all'

async function hostWithMany(t: TestContext) {
  const host = await startHost(t, { songs })
  const url = `${path}&session-id=${await host.login()}`
  const bytes = async (init?: RequestInit) => Buffer.from(await (await host.get(url, init)).arrayBuffer())
  return { ...host, listUrl: url, bytes }
}

/** The answer as it travels, until the connection closes. */
function wholeAnswer(port: number, url: string, headers: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    const socket = connect(port, '127.0.0.1')
    socket.write(`GET ${url} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${headers}\r\n`)
    socket.on('data', (piece) => pieces.push(piece))
    socket.on('error', reject)
    socket.on('close', () => resolve(Buffer.concat(pieces)))
  })
}

test('zipped or not, first or again, alone or eight at once: the same list', async (t) => {
  const { host, listUrl } = await hostWithMany(t)
  const plain = (await wholeAnswer(host.port, listUrl, '')).toString('latin1')
  const [head = '', list] = plain.split(/\r\n\r\n([^]*)/)
  assert.equal(Number(/content-length: (\d+)/i.exec(head)?.[1]), list?.length)

  for (let time = 0; time < 3; time++) {
    const all = await Promise.all(
      Array.from({ length: 8 }, async (_, at) => {
        const answer = await wholeAnswer(host.port, listUrl, at % 2 ? 'Accept-Encoding: gzip\r\n' : '')
        return at % 2 ? unzipped(answer) : answer.toString('latin1').split(/\r\n\r\n([^]*)/)[1]
      }),
    )
    for (const one of all) assert.ok(one === list)
  }
})

function unzipped(answer: Buffer): string {
  const end = answer.indexOf('\r\n\r\n') + 4
  assert.match(
    answer.subarray(0, end).toString('latin1'),
    /Content-Encoding: gzip[^]*Transfer-Encoding: chunked/i,
  )
  const pieces: Buffer[] = []
  for (let at = end; ; ) {
    const line = answer.indexOf('\r\n', at)
    const length = Number.parseInt(answer.subarray(at, line).toString('latin1'), 16)
    if (length === 0) return gunzipSync(Buffer.concat(pieces)).toString('latin1')
    pieces.push(answer.subarray(line + 2, line + 2 + length))
    at = line + 2 + length + 2
  }
}

test('HEAD tells the length and sends nothing', async (t) => {
  const { get, listUrl, bytes } = await hostWithMany(t)

  const head = await get(listUrl, { method: 'HEAD', headers: { 'Accept-Encoding': 'identity' } })

  assert.equal(Number(head.headers.get('content-length')), (await bytes()).length)
  assert.equal((await head.arrayBuffer()).byteLength, 0)
})

test('who does not read, or leaves in the middle, keeps nobody waiting', async (t) => {
  const { host, get, listUrl, bytes } = await hostWithMany(t)
  const expected = await bytes()
  const deaf = Array.from({ length: 20 }, (_, at) => {
    const socket = connect(host.port, '127.0.0.1').pause()
    const zip = at % 2 ? 'Accept-Encoding: gzip\r\n' : ''
    socket.on('error', () => {}).write(`GET ${listUrl} HTTP/1.1\r\nHost: 127.0.0.1\r\n${zip}\r\n`.repeat(4))
    return socket
  })

  const first = await bytes()
  for (const socket of deaf) socket.destroy()
  const second = await bytes()

  assert.ok(first.equals(expected))
  assert.ok(second.equals(expected))
  assert.equal((await get('/server-info')).status, 200)
})

test('a session that ends takes its list with it', async (t) => {
  const { host, get, listUrl } = await hostWithMany(t)
  const session = /session-id=(\d+)/.exec(listUrl)?.[1]
  const socket = connect(host.port, '127.0.0.1').on('error', () => {})
  let length = 0
  const begun = new Promise((resolve) => socket.once('data', resolve))
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.on('data', (data) => (length += data.length))
  // More than the buffers on the way hold.
  socket.write(`GET ${listUrl} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`.repeat(40))

  await begun
  socket.pause()
  await get(`/logout?session-id=${session}`)
  socket.resume()
  await closed

  assert.ok(length < 40 * songs.length * comment.length * 4)
})
