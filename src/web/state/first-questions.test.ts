// What is asked ahead helps only if it is what the SDK asks, to the letter.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownError } from '../../errors.ts'
import { encode } from '../../protocol/index.ts'
import { type Connection, connectRemote, parseAddress } from '../../remote/index.ts'
import { firstAlbums, loginWith } from './first-questions.ts'
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
      const body = path.startsWith('/login') ? login : undefined
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
const about = { name: 'Attic', version: '1', macAddresses: [] }
const enter = (connection: Connection, key: Key) =>
  connectRemote({ ...key, address: parseAddress('attic'), about, connect: () => connection })

for (const key of [{ guid: '00F3A1B2C3D4E5F6' }, { ownerToken: 'token-of-the-owner' }] as const)
  test(`with the key ${JSON.stringify(key)} nothing is asked again`, async () => {
    const ahead = [loginWith(key)].map(({ path, headers }) => `${path} ${headers['Authorization']}`)
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

    const ahead = firstAlbums(sessionId, order)
    assert.equal(asked.at(-1)?.path, ahead?.path)
  })
