// Pairing by address, against hosts that are kind, slow, another make, or hostile.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { type ErrorCode, KnownError } from '../../errors.ts'
import type { Connection, RequestOptions } from '../talk/connection.ts'
import { askToPair } from './ask-to-pair.ts'

const about = { name: 'Attic', version: '1', databaseId: '5AF47E6B01A2C3D4', port: 3689 }
const asked = { id: '7', digits: '0042', secret: 'only-ours' }
const guid = 'FEDCBA9876543210'

test('the host gives digits; once they are typed there, the guid is ours', async () => {
  const clock = fakeClock()
  let isTyped = false
  const { connection, requests } = hostThat((path) => {
    if (path === '/api/about') return about
    if (path === '/api/pairing-requests') return asked
    return isTyped ? { state: 'accepted', guid } : { state: 'waiting' }
  })
  const shown: string[] = []
  const pairing = askToPair({
    ...{ connection, clock, name: 'Desk' },
    onDigits: (digits, hostName) => shown.push(`${digits} on ${hostName}`),
  })
  await clock.advance(10_000)
  assert.deepEqual(shown, ['0042 on Attic'])
  isTyped = true
  await clock.advance(1000)

  assert.deepEqual(await pairing, { guid, hostName: 'Attic', serviceName: about.databaseId })
  assert.equal(requests.find(({ path }) => path.endsWith('/7'))?.headers?.['pairing-secret'], 'only-ours')
  assert.ok(
    requests.every(({ path }) => !path.includes('only-ours')),
    'no secret in a path',
  )
})

test('a page that is loaded again shows the same digits, while the host still has the request', async () => {
  const open = { id: '3', digits: '1234', secret: 'kept' }
  const requestsAt = async (isStillOpen: boolean) => {
    const { connection, requests } = hostThat((path) => {
      if (path === '/api/about') return about
      if (path === '/api/pairing-requests') return asked
      return path.endsWith('/3') && !isStillOpen ? 404 : { state: 'accepted', guid }
    })
    const shown: string[] = []
    await askToPair({
      ...{ connection, clock: fakeClock(), name: 'Page', former: open },
      onDigits: (digits, _, request) => shown.push(digits, request.id),
    })
    return [...shown, requests.filter(({ method }) => method === 'POST').length]
  }

  assert.deepEqual(await requestsAt(true), ['1234', '3', 0])
  assert.deepEqual(await requestsAt(false), ['0042', '7', 1])
})

test('what else may happen is said in words', async () => {
  const refusals: [code: ErrorCode, host: (path: string) => unknown][] = [
    ['NOT_A_TONEARM_HOST', () => 400],
    ['TOO_MANY_PAIRING_REQUESTS', (path) => (path === '/api/about' ? about : 429)],
    [
      'NO_SUCH_PAIRING_REQUEST',
      (path) => ({ '/api/about': about, '/api/pairing-requests': asked })[path] ?? 404,
    ],
    ['BAD_ANSWER', () => 'no object'],
    ['BAD_ANSWER', (path) => (path === '/api/about' ? about : { ...asked, digits: '\u001b[2J' })],
    ['BAD_ANSWER', (path) => (path === '/api/about' ? { ...about, databaseId: '../../..' } : asked)],
    [
      'BAD_ANSWER',
      (path) =>
        ({ '/api/about': about, '/api/pairing-requests': asked })[path] ?? { state: 'accepted', guid: 'x' },
    ],
  ]
  for (const [code, host] of refusals)
    await assert.rejects(
      askToPair({ connection: hostThat(host).connection, clock: fakeClock(), name: 'Desk', onDigits() {} }),
      (error) => error instanceof KnownError && error.code === code,
      code,
    )
})

/** Answers with what `answer` gives: a status, or a body for 200. */
function hostThat(answer: (path: string) => unknown) {
  const requests: (RequestOptions & { path: string })[] = []
  const connection: Connection = {
    address: '192.168.1.20:3689',
    async request(path, options = {}) {
      requests.push({ ...options, path })
      const said = answer(path)
      const body = new TextEncoder().encode(typeof said === 'number' ? '' : JSON.stringify(said))
      return { status: typeof said === 'number' ? said : 200, header: () => undefined, body }
    },
    async *messages() {},
  }
  return { connection, requests }
}
