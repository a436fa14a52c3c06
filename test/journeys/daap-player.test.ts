// A stranger's DAAP player, the library that Rhythmbox uses, at a host that shares: it sees and hears everything.

import assert from 'node:assert/strict'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { child, decode } from '../../src/protocol/index.ts'
import { flac, mp3, writeMusic } from '../fakes/music-files.ts'
import { needsLibraries } from '../lab/peers.ts'
import { runProcess, startProcess } from '../lab/process.ts'
import { type Finished, type Person, personAt, temporaryFolder } from './programs.ts'

const sample = resolve(import.meta.dirname, '../../sample')
const main = resolve(import.meta.dirname, '../../src/cli/main.js')
const patienceMs = 30_000
const library = 'libdmapsharing-3.0'

interface FoundSong {
  readonly title: string
  readonly songartist: string
  readonly format: string
  readonly filesize: string
  readonly location: string
}

/** What daap-player.c prints. */
function found({ stdout }: Finished) {
  const lines = stdout.split('\n').map((line) => line.split('\t'))
  const songs = lines
    .filter(([kind]) => kind === 'song')
    .map(([, ...values]) => Object.fromEntries(values.map((value) => value.split(/=(.*)/s))) as FoundSong)
  const playlists = lines
    .filter(([kind]) => kind === 'playlist')
    .map(([, name, count]) => [name, Number(count)] as const)
  return { songs, playlists: new Map(playlists) }
}

async function buildPlayer(t: TestContext) {
  const program = join(temporaryFolder(t), 'daap-player')
  const source = resolve(import.meta.dirname, '../lab/daap-player.c')
  const flags = (await runProcess('pkg-config', ['--cflags', '--libs', library])).trim().split(/\s+/)
  await runProcess('cc', [source, '-o', program, ...flags])
  return async (port: string, password?: string): Promise<Finished> => {
    const running = startProcess(program, ['127.0.0.1', port, ...(password === undefined ? [] : [password])])
    const { code } = await running.exit
    return { code, stdout: running.lines.join('\n'), stderr: running.errorLines.join('\n') }
  }
}

/** A host that shares the sample album and more songs than one piece of an answer holds, and has scanned them. */
async function sharingHost(t: TestContext, env: Record<string, string> = {}) {
  const music = temporaryFolder(t)
  for (let number = 1; number <= 600; number += 1)
    writeMusic(join(music, `${number}.mp3`), mp3({ title: `Take ${number}`, artist: 'Crowd', album: 'All' }))
  writeMusic(join(music, 'tête.flac'), flac({ title: 'Tête-à-tête “ß”', artist: '東京', album: 'All' }))
  const person = personAt(t, undefined)
  const words = [
    'host',
    music,
    sample,
    '--share',
    '--port',
    '0',
    '--no-announce',
    '--json',
    '--data',
    person.data,
  ]
  const host = startProcess(process.execPath, [main, ...words], { env })
  t.after(() => host.stop('SIGKILL'))
  const { url } = JSON.parse(await host.line(/"event":"ready"/, patienceMs)) as { url: string }
  await host.line(/"event":"scanned"/, patienceMs)
  return { person, port: new URL(url).port }
}

async function login(port: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/login`)
  const mlog = child(decode(new Uint8Array(await response.arrayBuffer())), 'mlog') ?? []
  return child(mlog, 'mlid') ?? assert.fail('no session')
}

/** Playlists as the host itself lists them, and how many songs each has; without the base one, a player's "all songs". */
async function ownPlaylists(person: Person): Promise<Map<string, number>> {
  const playlists = await person.json<readonly { name: string; songCount: number }[]>('playlists')
  return new Map(playlists.slice(1).map(({ name, songCount }) => [name, songCount]))
}

test('a player that pairs with nobody lists every song and playlist, and gets each song as long as listed', async (t) => {
  if (!needsLibraries(t, library)) return
  const play = await buildPlayer(t)
  const { person, port } = await sharingHost(t)

  const seen = await play(port)
  const { songs, playlists } = found(seen)

  assert.equal(seen.code, 0, seen.stderr)
  assert.equal(songs.length, 604)
  assert.equal(new Set(songs.map(({ title }) => title)).size, 604)
  assert.deepEqual(
    songs.filter(({ songartist }) => songartist === '東京').map(({ title }) => title),
    ['Tête-à-tête “ß”'],
  )
  const own = await ownPlaylists(person)
  assert.equal(own.get('Music'), 604)
  assert.deepEqual(playlists, own)
  const chosen = songs.filter(({ songartist }) => songartist === 'Tonearm')
  assert.deepEqual(
    chosen.map(({ title, format }) => [title, format]),
    [
      ['Needle Down', 'wav'], // FLAC, which such players are not known to play
      ['First Groove', 'mp3'],
      ['Run-out', 'm4a'],
    ],
  )
  const sessionId = await login(port) // the player has logged out of its own
  for (const { title, location, filesize } of chosen) {
    const response = await fetch(
      `${location.replace(/^daap:/, 'http:').split('?')[0]}?session-id=${sessionId}`,
    )
    assert.equal(response.status, 200, title)
    assert.equal((await response.arrayBuffer()).byteLength, Number(filesize), title)
  }
})

test('with a password it gets in with the right one only', async (t) => {
  if (!needsLibraries(t, library)) return
  const play = await buildPlayer(t)
  const { port } = await sharingHost(t, { TONEARM_SHARE_PASSWORD: 'open sesame' })

  const without = await play(port)
  const wrong = await play(port, 'open barley')
  const right = await play(port, 'open sesame')

  assert.deepEqual([without.code, found(without).songs.length], [2, 0])
  assert.match(without.stderr, /a password is wanted/)
  assert.deepEqual([wrong.code, found(wrong).songs.length], [2, 0])
  assert.match(wrong.stderr, /the password is refused/)
  assert.equal(right.code, 0, right.stderr)
  assert.equal(found(right).songs.length, 604)
  assert.equal(found(right).playlists.get('Music'), 604)
})
