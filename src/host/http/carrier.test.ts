import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { eventually } from '../../../test/lab/eventually.ts'
import { type Log, silentLog } from '../../log.ts'
import type { HostResponse } from './http-message.ts'
import { listen } from './http-server.ts'

const connections = 20
const pollsEach = 60
/** More than are told at once. */
const polls = connections * pollsEach

const empty = (status: number): HostResponse => ({
  status,
  headers: [],
  body: undefined,
  isCompressible: false,
})

test('a poll that stands in line to be told when the host ends is answered once, by the end', async (t) => {
  const faults: string[] = []
  const log: Log = { ...silentLog, error: (message) => void faults.push(message), child: () => log }
  const wakes: (() => void)[] = []
  const said = { told: 0, refused: 0 }
  const server = await listen(
    {
      handle: () => ({
        wait(wake) {
          wakes.push(wake)
          return () => {}
        },
        response() {
          said.told += 1
          return empty(200)
        },
        refusal() {
          said.refused += 1
          return empty(503)
        },
      }),
      isWelcome: () => true,
      upgrade: () => {},
      server: 'Tonearm/test',
      log,
    },
    { host: '127.0.0.1', port: 0 },
  )
  for (let number = 0; number < connections; number += 1) {
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write('GET /update HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(pollsEach))
    })
    socket.on('error', () => {}).resume()
    t.after(() => socket.destroy())
  }
  await eventually('all wait', () => wakes.length === polls)

  for (const wake of wakes) wake()
  const toldAtOnce = said.told
  await server.close()

  assert.ok(toldAtOnce < polls, 'some stand in line')
  assert.deepEqual(said, { told: toldAtOnce, refused: polls - toldAtOnce })
  assert.deepEqual(faults, [])
})
