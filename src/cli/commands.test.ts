// The commands as a person runs them: real processes against a real host.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { program, runningHost, start } from '../../test/fakes/command-line.ts'
import { eventually } from '../../test/lab/eventually.ts'
import { startProcess } from '../../test/lab/process.ts'
import { openDataDirectory } from '../host/index.ts'

function emptyFolder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'tonearm-cli-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

test('on the host’s own machine one browses, plays and asks without pairing', async (t) => {
  const { run } = await runningHost(t)

  const albums = await run('albums')
  const played = await run('play', 'kind', 'of', 'blue')
  const status = await run('status', '--json')

  assert.deepEqual(
    albums.out
      .split('\n')
      .slice(1, 3)
      .map((row) => row.split(/ {2,}/)[0]),
    ['Blue', 'Kind of Blue'],
  )
  assert.equal(albums.status, 0)
  assert.match(played.err, /^Playing the album “Kind of Blue” by Miles Davis\n/)
  const { track, ...rest } = JSON.parse(status.out)
  assert.deepEqual(Object.keys(rest).slice(0, 6), [
    'state',
    'positionMs',
    'durationMs',
    'volumePercent',
    'shuffle',
    'repeat',
  ])
  assert.equal(rest.state, 'playing')
  assert.equal(track.album, 'Kind of Blue')
})

test('play takes an exact name before one that only has the words in it', async (t) => {
  const { run } = await runningHost(t)

  const played = await run('play', 'blue')

  assert.match(played.err, /the album “Blue” by Joni Mitchell/)
})

test('a paired remote elsewhere names the host once, and then needs no name', async (t) => {
  const { host } = await runningHost(t)
  const guid = await host.pair('laptop')
  const data = emptyFolder(t)
  const address = `127.0.0.1:${host.host.port}`
  const { writeMemory, remembered, emptyMemory } = await import('../remote/node.ts')
  writeMemory(
    data,
    remembered(emptyMemory, { serviceName: 'S', name: 'Studio', address, guid, macAddresses: [] }),
  )

  const byName = await start(['volume', '40', '--json', '--host', 'studio', '--data', data]).ended
  const again = await start(['volume', '--data', data]).ended

  assert.equal(JSON.parse(byName.out).volumePercent, 40)
  assert.equal(again.out, '40 %\n')
})

test('watch prints each change as one line of JSON, and Ctrl-C ends it well', async (t) => {
  const { host, start } = await runningHost(t)
  const watch = start('watch', '--json')
  await eventually('the first status', () => watch.heard.out.includes('"status"'), 30_000)

  await host.player.setVolume(12, 'test')
  await eventually('the volume', () => watch.heard.out.includes('"volumePercent":12'))
  watch.child.kill('SIGINT')
  const { status, out } = await watch.ended

  assert.equal(status, 0)
  assert.equal(JSON.parse(out.split('\n')[0] ?? '').event, 'connected')
})

test('pairings are the same with the host running and without it', async (t) => {
  const { host, run } = await runningHost(t)

  const added = await run('pairings', 'add', '0xA1', '--name', 'phone')
  const listed = JSON.parse((await run('pairings', '--json')).out)
  const removed = await run('pairings', 'remove', 'a1')
  const data = emptyFolder(t)
  const addedOffline = await start(['pairings', 'add', 'B2', '--name', 'tablet', '--data', data]).ended
  const listedOffline = JSON.parse((await start(['pairings', '--json', '--data', data]).ended).out)

  assert.deepEqual([added.status, removed.status, addedOffline.status], [0, 0, 0])
  assert.deepEqual([listed[0].guid, listed[0].name], ['00000000000000A1', 'phone'])
  assert.deepEqual([listedOffline[0].guid, listedOffline[0].name], ['00000000000000B2', 'tablet'])
  assert.ok(existsSync(join(host.path, 'owner-token')))
})

const failures: [what: string, words: string[], status: number, says: RegExp][] = [
  ['no host at all', ['status'], 1, /\(NO_HOST_CHOSEN\)/],
  ['a host that does not answer', ['status', '--host', '127.0.0.1:1'], 1, /\(HOST_GONE\)/],
  ['no running host for `open`', ['open'], 1, /\(NO_RUNNING_HOST\)/],
  ['an unknown command', ['stat'], 2, /Did you mean one of scan, status/],
  ['an unknown option', ['status', '--hots'], 2, /Did you mean --host/],
  ['an unknown word below a command', ['queue', 'bogus'], 2, /no "queue bogus"; there is list, /],
  ['a name of nothing', ['pair', '127.0.0.1:1', '--name', ' '], 2, /must not be empty/],
  ['an address that was never met, to be woken', ['wake', '10.0.0.1'], 1, /\(NO_HARDWARE_ADDRESS\)/],
  ['a missing word', ['seek'], 2, /missing required argument[^]*--help/],
  ['an album where a file goes', ['artwork', 'lead-in'], 2, /--album "lead-in"/],
  ['a group of machines, to be asked alone', ['find', '224.0.0.251'], 2, /the address of a group/],
  ['an address of nobody', ['pair', '0.0.0.0'], 1, /no machine has this address[^]*\(BAD_ADDRESS\)/],
]
for (const [what, words, status, says] of failures) {
  test(`${what}: exit status ${status}, with words on stderr`, async (t) => {
    const data = emptyFolder(t)

    const ended = await start([...words, '--data', data]).ended

    assert.equal(ended.status, status)
    assert.match(ended.err, says)
    assert.equal(ended.out, '')
  })
}

test('wrong words for a running host: exit status 2 for usage, 1 for what is not there', async (t) => {
  const { run } = await runningHost(t)

  assert.equal((await run('volume', '300')).status, 2)
  assert.equal((await run('repeat', 'twice')).status, 2)
  assert.match((await run('playlists', 'make', ' ')).err, /a name has 1 to 255/)
  assert.match((await run('rate', '5')).err, /\(NOTHING_TO_PLAY\)/)
  assert.match((await run('speakers', 'on', 'nowhere')).err, /`tonearm speakers`/)
  const nothing = await run('play', 'zzzz')
  assert.equal(nothing.status, 1)
  assert.match(nothing.err, /\(NO_MATCH\)/)
})

test('what plays has no picture when nothing plays', async (t) => {
  const { run } = await runningHost(t)

  const { status, err } = await run('artwork', 'cover.jpg')

  assert.equal(status, 1)
  assert.match(err, /nothing plays; name an album with --album/)
})

test('another program at the address is not taken for a library that has lost something', async (t) => {
  const stranger = createServer((_, response) => response.writeHead(404).end('nothing here'))
  t.after(() => stranger.close())
  await once(stranger.listen(0, '127.0.0.1'), 'listening')
  const { port } = stranger.address() as AddressInfo

  const { err } = await start(['status', '--host', `127.0.0.1:${port}`, '--data', emptyFolder(t)]).ended

  assert.match(err, /no library answers there/)
})

test('a host that runs and does not answer is not said to be stopped', async (t) => {
  const silent = createSocketServer((socket) => socket.destroy())
  t.after(() => silent.close())
  await once(silent.listen(0, '127.0.0.1'), 'listening')
  const { port } = silent.address() as AddressInfo
  const directory = openDataDirectory(join(emptyFolder(t), 'data'))
  t.after(() => directory.close())
  directory.markRunning({ pid: process.pid, url: `http://127.0.0.1:${port}`, port, name: 'Attic' })

  const { err } = await start(['accept', '--data', directory.path]).ended

  assert.match(err, new RegExp(`address: 127.0.0.1:${port}[^]*\\(HOST_GONE\\)`))
})

test('a list that goes to a full disk says so, and one whose reader has gone says nothing', {
  skip: !existsSync('/dev/full') && 'only Linux has /dev/full',
}, async (t) => {
  const { host } = await runningHost(t)
  const into = (target: string) =>
    startProcess('bash', [
      '-c',
      `"$0" "$@" ${target}`,
      process.execPath,
      program,
      'songs',
      '--data',
      host.path,
    ])

  const [full, gone] = [into('> /dev/full'), into('| true; exit ${PIPESTATUS[0]}')]

  assert.equal((await full.exit).code, 1)
  assert.match(full.errorLines.join(' '), /^The file cannot be written/)
  assert.deepEqual([await gone.exit, gone.errorLines], [{ code: 0, signal: null }, []])
})

test('every command has help with an example', async () => {
  const { out } = await start(['--help']).ended
  const names = [...out.matchAll(/^ {2}([a-z]+) {2,}/gm)].map((match) => match[1] ?? '')

  assert.ok(names.includes('status') && names.includes('host'))
  for (const name of ['status', 'play', 'queue', 'find', 'accept']) {
    const help = await start([name, '--help']).ended
    assert.equal(help.status, 0)
    assert.match(help.out, /Example:\n {2}\$ tonearm /)
  }
})
