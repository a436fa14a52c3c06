// From outside: a real host with its TLS port, and a remote that holds its certificate.

import assert from 'node:assert/strict'
import { connect as connectPlain } from 'node:net'
import { type TestContext, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { startHost, type TestHost } from '../../../test/fakes/host.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import { KnownError } from '../../errors.ts'
import { connectRemote, lookAtCertificate, type RemoteEvent } from '../node.ts'

const songs = [
  { title: 'So What', artist: 'Miles Davis', album: 'Kind of Blue' },
  { title: 'River', artist: 'Joni Mitchell', album: 'Blue' },
]

const fails = (code: string) => (error: unknown) => error instanceof KnownError && error.code === code

async function hostWithSecurePort(t: TestContext) {
  const host = await startHost(t, { songs, secure: { port: 0 }, share: 'open' })
  const { secure } = host.host
  assert.ok(secure)
  return {
    host,
    port: secure.port,
    certificate: secure.fingerprint,
    address: `tls://127.0.0.1:${secure.port}`,
  }
}

test('a paired remote that holds the certificate browses, plays and watches', async (t) => {
  const { host, address, certificate } = await hostWithSecurePort(t)

  const remote = await connectRemote({ address, certificate, guid: await host.pair('laptop') })
  const [album] = (await remote.albums()).items
  assert.ok(album)
  const ending = new AbortController()
  const events: RemoteEvent[] = []
  const watching = (async () => {
    for await (const event of remote.watch({ signal: ending.signal })) events.push(event)
  })()
  await eventually('connected', () => events.some(({ event }) => event === 'status'))
  await remote.playItem(album)

  await eventually('the play seen', () =>
    events.some((event) => event.event === 'status' && event.status.state === 'playing'),
  )
  assert.equal(remote.host.name, 'Studio')
  assert.equal(remote.host.address, address)
  assert.equal((await remote.search('river')).items[0]?.title, 'River')
  ending.abort()
  await watching
  await remote.close()
})

test('another certificate than the one held is refused, and the host hears nothing', async (t) => {
  const { host, address, port } = await hostWithSecurePort(t)
  const guid = await host.pair('laptop')
  const other = await hostWithSecurePort(t)

  await assert.rejects(
    connectRemote({ address, certificate: other.certificate, guid }),
    (error) =>
      fails('CERTIFICATE_CHANGED')(error) && (error as KnownError).details['held'] === other.certificate,
  )

  await assert.rejects(
    connectRemote({ address, certificate: 'authority', guid }),
    fails('CERTIFICATE_CHANGED'),
  )
  await assert.rejects(connectRemote({ address, guid }), fails('WHICH_HOST'))
  const pairings = (await (await host.owner('GET', '/api/pairings')).json()) as {
    pairings: { lastSeenAt: string | null }[]
  }
  assert.equal(pairings.pairings[0]?.lastSeenAt, null, 'no guid was sent')
  assert.ok(port > 0)
})

test('a session that the host has ended is opened again, with a key of its own', async (t) => {
  const { host, address, certificate } = await hostWithSecurePort(t)
  const guid = await host.pair('laptop')
  const remote = await connectRemote({ address, certificate, guid })

  // So many that the oldest makes room.
  for (let count = 0; count < 32; count += 1) await sessionOf(host, guid)
  await remote.setVolume(21)

  assert.equal((await remote.status()).volumePercent, 21)
  await host.owner('DELETE', `/api/pairings/${guid}`)
  await assert.rejects(remote.setVolume(22), fails('NOT_PAIRED'))
})

/** A second session of the same remote, by the plain port. */
async function sessionOf(host: TestHost, guid: string): Promise<number> {
  const body = new Uint8Array(await (await host.get(`/login?pairing-guid=0x${guid}`)).arrayBuffer())
  return new DataView(body.buffer).getUint32(body.length - 4)
}

test('nothing but a login is answered to a stranger, whatever else it shows', async (t) => {
  const { host, port } = await hostWithSecurePort(t)
  const guid = await host.pair('laptop')
  const sniffed = await sessionOf(host, guid)
  const bearer = `Authorization: Bearer ${host.directory.ownerToken}`

  for (const [path, header, status, code] of [
    ['/', '', 403, 'NO_SESSION'],
    ['/server-info', '', 403, 'NO_SESSION'],
    ['/api/about', '', 403, 'NO_SESSION'],
    ['/api/about', bearer, 403, 'NO_SESSION'],
    ['/login', '', 503, 'NOT_PAIRED'],
    ['/login', bearer, 503, 'NOT_PAIRED'],
    ['/login?pairing-guid=0x00000000000000A1', '', 503, 'NOT_PAIRED'],
    ['/login?pairing-guid=0x00000000000000A1', bearer, 503, 'NOT_PAIRED'],
    [`/databases?session-id=${sniffed}`, '', 403, 'NO_SESSION'],
    [`/databases?session-id=${sniffed}`, 'tonearm-session-key: AAAAAAAAAAAAAAAAAAAAAA', 403, 'NO_SESSION'],
    [`/login?pairing-guid=0x${guid}`, 'Origin: https://evil.example', 403, 'ORIGIN_NOT_ALLOWED'],
    ['http://evil.example/login?pairing-guid=0x1', '', 400, 'BAD_REQUEST'],
  ] as const) {
    const answer = await said(port, `GET ${path} HTTP/1.1\r\nHost: x\r\n${header && `${header}\r\n`}\r\n`)
    assert.match(answer, new RegExp(`^HTTP/1.1 ${status} [^]*Tonearm-Error: ${code}`), `${path} ${header}`)
  }
})

test('a paired remote does not become the owner there, and gets no page', async (t) => {
  const { host, port } = await hostWithSecurePort(t)
  const guid = await host.pair('laptop')
  const login = await said(port, `GET /login?pairing-guid=0x${guid} HTTP/1.1\r\nHost: x\r\n\r\n`)
  const key = /tonearm-session-key: (\S{22})/.exec(login)?.[1]
  const id = Buffer.from(login.slice(-4), 'latin1').readUInt32BE()
  const ask = (path: string) =>
    said(
      port,
      `GET ${path}?session-id=${id} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${host.directory.ownerToken}\r\ntonearm-session-key: ${key}\r\n\r\n`,
    )

  assert.match(await ask('/server-info'), /^HTTP\/1.1 200/)
  assert.match(await ask('/api/scan'), /^HTTP\/1.1 200/)
  assert.match(await ask('/api/scan/failures'), /^HTTP\/1.1 403 [^]*NOT_OWNER/)
  assert.match(await ask('/api/pairings'), /^HTTP\/1.1 404/)
  assert.match(await ask('/api/owner/exchange'), /^HTTP\/1.1 404/)
  assert.match(await ask('/'), /^HTTP\/1.1 404/)
  const socket = await said(
    port,
    `GET /api/watch?session-id=${id} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
  )
  assert.match(socket, /^HTTP\/1.1 403 /, 'without its key the session watches nothing')
})

test('guessing guids is slowed down; a known one still comes in', async (t) => {
  const { host, port, address, certificate } = await hostWithSecurePort(t)
  const guid = await host.pair('laptop')
  const guess = (n: number) =>
    said(port, `GET /login?pairing-guid=0x${n.toString(16)} HTTP/1.1\r\nHost: x\r\n\r\n`)

  for (let n = 1; n <= 20; n += 1) assert.match(await guess(n), /NOT_PAIRED/)

  assert.match(await guess(21), /^HTTP\/1.1 429 /)
  const remote = await connectRemote({ address, certificate, guid })
  await remote.close()
})

test('who speaks no TLS, or nothing at all, gets nothing', async (t) => {
  const { port, address, certificate, host } = await hostWithSecurePort(t)

  const answer = await new Promise<string>((resolve) => {
    let text = ''
    const socket = connectPlain(port, '127.0.0.1', () => socket.write('GET /login HTTP/1.1\r\n\r\n'))
    socket.on('data', (data) => {
      text += data.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })

  assert.ok(!answer.includes('HTTP/1.1'))
  await assert.rejects(lookAtCertificate({ host: '127.0.0.1', port: host.host.port }), fails('BAD_ANSWER'))
  const remote = await connectRemote({ address, certificate, guid: await host.pair() })
  await remote.close()
})

/** What comes back over TLS until the first answer is whole or the connection ends. */
function said(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }, () =>
      socket.write(request),
    )
    socket.on('data', (data) => {
      text += data.toString('latin1')
      const head = /^[^]*?\r\n\r\n/.exec(text)?.[0]
      const length = Number(/content-length: (\d+)/i.exec(head ?? '')?.[1] ?? 0)
      if (head !== undefined && text.length >= head.length + length) socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
}
