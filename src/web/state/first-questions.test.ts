// What is asked ahead helps only if it is what the SDK asks, to the letter.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownError } from '../../errors.ts'
import { type Connection, connectRemote, parseAddress } from '../../remote/index.ts'
import { firstQuestions } from './first-questions.ts'
import type { Key } from './keys-kept.ts'

/** What a remote asks before it is in. */
async function askedWith(key: Key): Promise<{ path: string; authorization: string | undefined }[]> {
  const asked: { path: string; authorization: string | undefined }[] = []
  const connection: Connection = {
    address: 'attic',
    async request(path, { headers } = {}) {
      asked.push({ path, authorization: headers?.['Authorization'] })
      throw new KnownError('HOST_GONE', { address: 'attic' })
    },
    async *messages() {},
  }
  const remote = connectRemote({
    ...key,
    address: parseAddress('attic'),
    isOurs: true,
    connect: () => connection,
  })
  await assert.rejects(remote, { code: 'HOST_GONE' })
  return asked
}

for (const key of [{ guid: '00F3A1B2C3D4E5F6' }, { ownerToken: 'token-of-the-owner' }] as const)
  test(`with the key ${JSON.stringify(key)} nothing is asked again`, async () => {
    const ahead = firstQuestions(key).map(({ path, headers }) => `${path} ${headers['Authorization']}`)

    const asked = await askedWith(key)

    assert.deepEqual(
      asked
        .map(({ path, authorization }) => `${path} ${authorization}`)
        .filter((one) => !ahead.includes(one)),
      [],
    )
    assert.ok(asked.some(({ path }) => path.startsWith('/login')))
  })

test('without a key nobody logs in', () => {
  assert.deepEqual(
    firstQuestions(undefined).map(({ path }) => path),
    ['/api/about', '/server-info'],
  )
})
