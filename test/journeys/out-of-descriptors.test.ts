// A host that has no file descriptor left loses connections, not its life, and goes on when there are some again.

import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { eventually } from '../lab/eventually.ts'
import { startProcess } from '../lab/process.ts'
import { temporaryFolder } from './programs.ts'

const main = resolve(import.meta.dirname, '../../src/cli/main.js')
const sample = resolve(import.meta.dirname, '../../sample/02 First Groove.mp3')
/** A host that rests has some 40 open. */
const mostDescriptors = 64
const crowd = 100

test('a crowd that takes every descriptor does not end the host', {
  skip: process.platform === 'win32' && 'Windows has no such limit',
  timeout: 120_000,
}, async (t) => {
  const folder = temporaryFolder(t)
  const music = join(folder, 'music')
  mkdirSync(music)
  const words = ['host', music, '--data', join(folder, 'data'), '--port', '0', '--output', 'null', '--json']
  const limited = ['-c', `ulimit -n ${mostDescriptors}; exec "$0" "$@"`, process.execPath, main]
  const host = startProcess('bash', [...limited, ...words, '--listen', '127.0.0.1', '--no-announce'])
  t.after(() => host.stop('SIGKILL'))
  const { url } = JSON.parse(await host.line('"ready"')) as { url: string }
  await host.line('"scanned"')

  const sockets = Array.from({ length: crowd }, () => connect(Number(new URL(url).port), '127.0.0.1'))
  t.after(() => closeAll(sockets))
  let lost = 0
  for (const socket of sockets) socket.on('error', () => {}).on('close', () => (lost += 1))
  await eventually('some of them are turned away', () => lost > 0)
  copyFileSync(sample, join(music, 'new.mp3'))
  // No thread can be started that looks at it; or it is seen after all, once those who say nothing were sent away.
  await Promise.any([host.errorLine('"level":50'), host.line('"tracks":1')])

  closeAll(sockets)
  await eventually('it answers again', async () => (await fetch(`${url}/server-info`)).status === 200)
  await host.line('"tracks":1') // what came meanwhile is not forgotten
  assert.deepEqual(await host.stop(), { code: 0, signal: null })
})

function closeAll(sockets: readonly Socket[]): void {
  for (const socket of sockets) socket.destroy()
}
