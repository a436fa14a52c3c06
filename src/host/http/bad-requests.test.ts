// Requests and files that nobody sane sends: an answer each time, never our fault, and the host lives on.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { startHost, type TestHost } from '../../../test/fakes/host.ts'
import { mp3 } from '../../../test/fakes/music-files.ts'
import { musicFolder } from '../../../test/fakes/music-folder.ts'
import { child, children, type DmapContainer, type EndpointName, endpoints } from '../../protocol/index.ts'

/** A host with a library of ordinary songs, and of those that tags and pictures attack it with. */
async function attackedHost(t: TestContext): Promise<TestHost & { session: number }> {
  const folder = musicFolder(t)
  folder.add('blue.mp3', mp3({ title: 'Blue', artist: 'Joni', album: 'Blue', track: '1' }))
  folder.add('river.mp3', mp3({ title: 'River', artist: 'Joni', album: 'Blue', track: '2' }))
  folder.add('lone.mp3', mp3({ title: 'a\ud800b\udc00', artist: '\udfff', album: 'Surrogates' }))
  folder.add('nul.mp3', mp3({ title: 'before\0behind', artist: '\0', album: 'N\0UL', genre: '\x07bell' }))
  folder.add('bomb.mp3', mp3({ title: 'Bomb', album: 'Bomb', picture: bomb(60_000) }))
  const library = await folder.open()
  await library.scan()
  const host = await startHost(t, { library })
  return { ...host, session: await host.login() }
}

/** A PNG that says it has so many pixels a side, all black: a few hundred KB that would be gigabytes. */
function bomb(side: number): Buffer {
  const chunk = (name: string, content: Buffer) => {
    const bytes = Buffer.alloc(12 + content.length)
    bytes.writeUInt32BE(content.length, 0)
    bytes.write(name, 4, 'latin1')
    content.copy(bytes, 8)
    bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), 8 + content.length)
    return bytes
  }
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  const pixels = deflateSync(Buffer.alloc((1 + side / 8) * 200))
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([mark, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

/** Asks, and fails when the host takes its time or has a fault of its own. */
async function ask({ get }: TestHost, target: string, init: RequestInit = {}): Promise<Response> {
  const shown = target.slice(0, 200)
  const response = await get(target, { ...init, signal: AbortSignal.timeout(10_000) }).catch((error) =>
    assert.fail(`${shown}: ${String(error)}`),
  )
  assert.notEqual(response.headers.get('tonearm-error'), 'BUG', shown)
  assert.ok(response.status < 600, shown)
  return response
}

async function titles(host: TestHost, path: string, root = 'mlcl' as const): Promise<unknown[]> {
  const rows = children(child(await host.tree(path), root) ?? [], 'mlit') as DmapContainer[]
  return rows.map((row) => child(row, 'minm'))
}

/** As they stand in the URL. */
const badValues = [
  '',
  '-1',
  '-99999999999999999999',
  '99999999999999999999999',
  '1e400',
  'NaN',
  'x',
  '%',
  '%zz',
  '%ff%fe',
  '%00',
  '%ed%a0%80',
  '__proto__',
  "'",
  '(((',
  '0x',
  ',,,',
  'abc,,def',
  '9'.repeat(500),
  "'dmap.itemname:",
  "'constructor:1'",
  "'dmap.itemid:x'",
]
const parameters = [
  'session-id',
  'meta',
  'query',
  'filter',
  'sort',
  'index',
  'type',
  'group-type',
  'include-sort-headers',
  'invert-sort-order',
  'delta',
  'mw',
  'mh',
  'action',
  'edit-params',
  'command',
  'mode',
  'span',
  'items',
  'queuefilter',
  'query-modifier',
  'properties',
  'dmcp.volume',
  'speaker-id',
  'include-speaker-id',
  'dacp.playingtime',
  'dacp.shufflestate',
  'dacp.repeatstate',
  'dacp.userrating',
  'item-spec',
  'song-spec',
  'database-spec',
  'container-spec',
  'container-item-spec',
  'pairing-guid',
]

test('every parameter bad, doubled or missing, at the lists and commands that read them', async (t) => {
  const host = await attackedHost(t)
  const targets = [
    '/databases/1/items',
    '/databases/1/containers',
    '/databases/1/containers/1/items',
    '/databases/1/groups',
    '/databases/1/browse/artists',
    '/databases/1/items/1/extra_data/artwork',
    '/databases/1/containers/1/edit',
    '/ctrl-int/1/playqueue-edit',
    '/ctrl-int/1/setproperty',
  ]
  for (const target of targets) {
    await ask(host, target)
    await ask(host, `${target}?session-id=${host.session}`)
    for (const value of badValues)
      await ask(
        host,
        `${target}?session-id=${host.session}&${parameters.map((name) => `${name}=${value}`).join('&')}`,
      )
    for (const [at, name] of parameters.entries()) {
      const [one, other] = [badValues[at % badValues.length], badValues[(at * 7 + 3) % badValues.length]]
      await ask(host, `${target}?session-id=${host.session}&${name}=${one}&${name}=${other}`)
    }
  }
})

test('property: any endpoint with anything in its path and parameters is answered', async (t) => {
  const host = await attackedHost(t)
  // What waits is asked in the test above and in polls.test.ts; a log-out would make the rest be refused.
  const names = (Object.keys(endpoints) as EndpointName[]).filter((name) => name !== 'logout')
  const bad = fc.constantFrom(...badValues)
  const pair = fc.tuple(fc.constantFrom(...parameters), bad)
  const inPath = fc.oneof(
    fc.constantFrom('1', '2', '0'),
    bad,
    fc.constantFrom('..%2f..', 'artists', '%2e%2e'),
  )

  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.infiniteStream(inPath),
      fc.array(pair, { maxLength: 4 }),
      async (name, parts, pairs) => {
        const path = endpoints[name].path.replace(/\{\w+\}/g, () => parts.next().value)
        const query = [...pairs, ['session-id', host.session]].map((one) => one.join('=')).join('&')
        await ask(host, `${path}?${query}`)
      },
    ),
    { numRuns: 600 },
  )
  assert.equal((await host.get('/server-info')).status, 200)
})

test('a query too deep, too long or cut off finds nothing; a list of fields with gaps gives those it names', async (t) => {
  const host = await attackedHost(t)
  const list = (rest: string) =>
    titles(host, `/databases/1/items?session-id=${host.session}&sort=name${rest}`)
  const clause = "'dmap.itemname:Blue'"
  const deep = `${'('.repeat(10_000)}${clause}${')'.repeat(10_000)}`
  const wide = Array.from({ length: 1500 }, () => clause).join(',')

  assert.deepEqual(await list(`&query=${deep}`), [])
  assert.deepEqual(await list(`&query=${wide}`), [])
  assert.deepEqual(await list("&query='dmap.itemname:Blue"), [])
  assert.deepEqual(await list('&query=('), [])
  assert.deepEqual(await list("&query='no.such.field!:1'"), [])
  assert.deepEqual(await list(`&query=${clause}&meta=abc,,dmap.itemname,def`), ['Blue'])
  assert.deepEqual(await list(`&query=${clause}&meta=abc,,def`), ['Blue'])
  assert.deepEqual(await list('&index=4-2'), [])
  assert.deepEqual(await list('&index=900-'), [])
  assert.deepEqual(await list(`&query=${clause}&revision-number=2&delta=999`), ['Blue'])
})

test('a query of a megabyte is refused, in the URL as in a form', async (t) => {
  const host = await attackedHost(t)
  const query = `query='dmap.itemname:${'x'.repeat(1024 * 1024)}'`
  const target = `/databases/1/items?session-id=${host.session}`

  const inUrl = await host.raw(`GET ${target}&${query} HTTP/1.1\r\nHost: x\r\n\r\n`)
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const inForm = await host.get(target, { method: 'POST', headers: form, body: query }).then(
    ({ status }) => status,
    () => 'closed', // while it was still sending
  )

  // The connection may end before the answer is read: what counts is that nobody waits.
  assert.ok(inUrl === '' || inUrl.startsWith('HTTP/1.1 431'), inUrl.slice(0, 100))
  assert.ok(inForm === 413 || inForm === 'closed', String(inForm))
  assert.equal((await host.get('/server-info')).status, 200)
})

test('a body that never says how long it will be is refused when it is too long, and the host lives on', async (t) => {
  const host = await startHost(t)
  const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`

  const answer = await host
    .raw(`POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(3)}0\r\n\r\n`)
    .catch(() => '') // closed while it was still sending

  assert.ok(answer === '' || answer.startsWith('HTTP/1.1 413'), answer.slice(0, 100))
  assert.equal((await host.get('/server-info')).status, 200)
})

test('tags with lone surrogates and NULs are listed as clean text', async (t) => {
  const host = await attackedHost(t)

  const response = await host.get(`/databases/1/items?session-id=${host.session}&sort=name&meta=all`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const names = await titles(host, `/databases/1/items?session-id=${host.session}&meta=dmap.itemname`)

  // Every text of the answer is well-formed: decoding would throw.
  assert.equal(response.status, 200)
  assert.equal(names.length, 5)
  for (const name of names as string[]) {
    assert.ok(name.isWellFormed(), JSON.stringify(name))
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    assert.doesNotMatch(name, /[\0\ufffe]/, JSON.stringify(name))
  }
  assert.ok(bytes.length > 500)
})

test('a picture of 60,000 × 60,000 pixels is no picture, and costs nothing', async (t) => {
  const host = await attackedHost(t)
  const found = `/databases/1/items?session-id=${host.session}&query='dmap.itemname:Bomb'`
  const [row = []] = children(child(await host.tree(found), 'mlcl') ?? [], 'mlit') as DmapContainer[]
  const id = child(row, 'miid')
  const before = process.memoryUsage().rss

  for (const size of ['', '&mw=64&mh=64', '&mw=60000&mh=60000']) {
    const answer = await ask(
      host,
      `/databases/1/items/${id}/extra_data/artwork?session-id=${host.session}${size}`,
    )
    assert.equal(answer.status, 204, size)
  }
  assert.ok(process.memoryUsage().rss - before < 300 * 1024 * 1024)
})
