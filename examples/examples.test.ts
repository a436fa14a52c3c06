// Every example runs, and shows what it promises.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { personAt } from '../test/journeys/programs.ts'

const sample = join(import.meta.dirname, '..', 'sample')
const guid = '00000000000000A1'

test('read-dmap shows a message as a tree', () => {
  const login = Buffer.from('6d6c6f67000000186d73747400000004000000c86d6c69640000000480001da2', 'hex')

  const { stdout, status } = runExample('read-dmap.ts', [], login)

  assert.equal(status, 0)
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    '    0 mlog dmap.loginresponse',
    '    8   mstt dmap.status 200',
    '   20   mlid dmap.sessionid 2147491234',
  ])
})

test('list-albums lists the albums of a host', async (t) => {
  const person = personAt(t, undefined)
  const added = await person.run('pairings', 'add', guid, '--name', 'example')
  assert.equal(added.code, 0, added.stderr)
  const host = person.start('host', sample, '--port', '0', '--no-announce', '--output', 'null', '--json')
  const ready = JSON.parse(await host.line(/"event":"ready"/, 30_000)) as { url: string }
  await host.line(/"event":"scanned"/, 30_000)

  const { stdout, stderr, status } = runExample('list-albums.ts', [new URL(ready.url).host, guid])

  assert.equal(stderr, '')
  assert.equal(status, 0)
  assert.equal(stdout, 'Lead-in (Tonearm)\n')
})

function runExample(name: string, args: readonly string[], input?: Buffer) {
  return spawnSync(process.execPath, [join(import.meta.dirname, name), ...args], {
    encoding: 'utf8',
    ...(input ? { input } : {}),
    timeout: 30_000,
  })
}
