// What is asked ahead helps only if it is what the SDK asks, to the letter.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownError } from '../../errors.ts'
import { encode } from '../../protocol/index.ts'
import { type Connection, connectRemote, parseAddress } from '../../remote/index.ts'
import { firstAlbums, firstQuestions, sessionIdIn } from './first-questions.ts'
import type { Key } from './keys-kept.ts'
import { makeLists } from './lists.ts'

interface Asked {
  readonly path: string
  readonly authorization: string | undefined
}

/** A host that says of itself and lets in, or neither, and then gives nothing more. */
function listening(asked: Asked[], { letsIn }: { letsIn: boolean }): Connection {
  return {
    address: 'attic',
    async request(path, { headers } = {}) {
      asked.push({ path, authorization: headers?.['Authorization'] })
      const body = path.startsWith('/login') ? login : path.startsWith('/server-info') ? info : undefined
      if (!letsIn || !body) throw new KnownError('HOST_GONE', { address: 'attic' })
      return { status: 200, header: (name) => (name === 'daap-server' ? 'Tonearm/1' : undefined), body }
    },
    async *messages() {},
  }
}

const sessionId = 3_000_000_001
const login = encode([
  'mlog',
  [
    ['mstt', 200],
    ['mlid', sessionId],
  ],
])
const info = encode([
  'msrv',
  [
    ['mstt', 200],
    ['minm', 'Attic'],
  ],
])
const enter = (connection: Connection, key: Key) =>
  connectRemote({ ...key, address: parseAddress('attic'), isOurs: true, connect: () => connection })

for (const key of [{ guid: '00F3A1B2C3D4E5F6' }, { ownerToken: 'token-of-the-owner' }] as const)
  test(`with the key ${JSON.stringify(key)} nothing is asked again`, async () => {
    const ahead = firstQuestions(key).map(({ path, headers }) => `${path} ${headers['Authorization']}`)
    const asked: Asked[] = []

    await assert.rejects(enter(listening(asked, { letsIn: false }), key), { code: 'HOST_GONE' })

    assert.deepEqual(
      asked
        .map(({ path, authorization }) => `${path} ${authorization}`)
        .filter((one) => !ahead.includes(one)),
      [],
    )
    assert.ok(asked.some(({ path }) => path.startsWith('/login')))
  })

for (const order of ['artist', 'title'] as const)
  test(`the first albums by ${order} are asked for as the page asks`, async () => {
    const asked: Asked[] = []
    const remote = await enter(listening(asked, { letsIn: true }), { guid: '00F3A1B2C3D4E5F6' })

    const list = makeLists(remote).albums(order)
    list.want(0, 1)
    await new Promise<void>((resolve) => list.failure.subscribe((failure) => failure && resolve()))

    const ahead = firstAlbums(sessionIdIn(login.buffer) ?? 0, order)
    assert.equal(asked.at(-1)?.path, ahead?.path)
  })

test('a refusal has no session in it', () => {
  const says = new TextEncoder().encode('This remote is not paired with the library.').buffer

  assert.equal(sessionIdIn(says), undefined)
  assert.equal(sessionIdIn(new ArrayBuffer(0)), undefined)
})

test('without a key nobody logs in', () => {
  assert.deepEqual(
    firstQuestions(undefined).map(({ path }) => path),
    ['/api/about', '/server-info'],
  )
})
