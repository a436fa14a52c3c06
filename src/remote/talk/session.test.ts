import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DmapNode, encode } from '../../protocol/index.ts'
import type { Connection, ConnectionAnswer, RequestOptions } from './connection.ts'
import { openSession } from './session.ts'

/** A host that lets everybody in, but hangs over its second login. */
function hostThatHangsOnce(): { connection: Connection; logins: () => number } {
  let logins = 0
  const answerOf = (tree: DmapNode): ConnectionAnswer => {
    return { status: 200, header: () => undefined, body: encode(tree) }
  }
  function hangs({ signal }: RequestOptions): Promise<never> {
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  }
  const connection: Connection = {
    address: 'attic:3689',
    async request(path, options = {}) {
      if (!path.startsWith('/login')) return answerOf(['msrv', [['minm', 'Attic']]])
      logins += 1
      return logins === 2 ? hangs(options) : answerOf(['mlog', [['mlid', 100 + logins]]])
    },
    async *messages() {},
  }
  return { connection, logins: () => logins }
}

test('who gives up the login that he began takes nobody along', async () => {
  const { connection, logins } = hostThatHangsOnce()
  const session = await openSession(connection, { guid: '00000000000000A1' })
  const givesUp = new AbortController()

  const given = session.renew(givesUp.signal)
  const others = [session.renew(), session.renew()]
  const asked = session.send('serverInfo', {}, [])
  givesUp.abort()

  await assert.rejects(given, { name: 'AbortError' })
  await Promise.all(others)
  assert.equal((await asked).status, 200)
  assert.equal(logins(), 3)
})
