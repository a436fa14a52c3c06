import assert from 'node:assert/strict'
import { createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { Connection } from './client.ts'

test('answers with a length and in chunks are counted to the byte, wherever packets are cut', async (t) => {
  const withLength = 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nX-Kind: Plain\r\n\r\nhello there'
  const chunked =
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n there\r\n0\r\n\r\n'
  for (const answer of [withLength, chunked])
    for (let cut = 1; cut < answer.length; cut += 1) {
      const port = await serverThat(t, async (socket) => {
        socket.write(answer.slice(0, cut))
        await new Promise((resolve) => setImmediate(resolve))
        socket.write(answer.slice(cut))
      })
      const connection = await Connection.open(port)

      const { status, bytes, body } = await connection.get('/', { keepsBody: true })

      connection.close()
      assert.deepEqual([status, bytes, body?.toString()], [200, 11, 'hello there'], `cut at ${cut}`)
    }
})

test('a connection is used again, and one that closes or stays silent is a failure', async (t) => {
  let requests = 0
  const port = await serverThat(t, async (socket) => {
    requests += 1
    if (requests <= 2) socket.write(`HTTP/1.1 204 No Content\r\n\r\n`)
    else if (requests === 3) socket.destroy()
  })
  const connection = await Connection.open(port)
  const other = await Connection.open(port)

  assert.equal((await connection.get('/1')).status, 204)
  assert.equal((await connection.get('/2')).bytes, 0)
  await assert.rejects(connection.get('/3'), /closed/)
  await assert.rejects(other.get('/4', { deadlineMs: 20 }), /no answer in 20 ms/)
  other.close()
})

/** Calls `answer` for each packet that comes. */
async function serverThat(t: TestContext, answer: (socket: Socket) => Promise<void>): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined)
    socket.on('data', () => void answer(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return address.port
}
