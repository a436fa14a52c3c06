// What goes wrong in real life: each time words with a way out, and whoever was not at fault lives on.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openSqlite } from '../../src/library/index.ts'
import { hasSoundDevice } from '../../src/outputs/system/has-device.ts'
import { flac, mp3, writeMusic } from '../fakes/music-files.ts'
import type { Running } from '../lab/process.ts'
import { type Finished, type Person, personAt, temporaryFolder } from './programs.ts'

const sample = resolve(import.meta.dirname, '../../sample')
const patienceMs = 30_000
const quiet = ['--no-announce', '--json'] as const

interface Ready {
  readonly url: string
}

/** A host that runs, and where. */
async function hostOf(person: Person, ...args: readonly string[]): Promise<{ host: Running; url: string }> {
  const words = args.includes('--port') ? args : [...args, '--port', '0']
  const host = person.start('host', ...words, ...quiet)
  const { url } = JSON.parse(await host.line(/"event":"ready"/, patienceMs)) as Ready
  return { host, url }
}

function musicIn(t: TestContext): string {
  const folder = temporaryFolder(t)
  writeMusic(join(folder, 'river.flac'), flac({ title: 'River', album: 'Blue' }, { seconds: 20 }))
  return folder
}

/** Exit status 1; what happened, the way out and the code, and not a line of a stack. */
function refused({ code, stderr }: Finished, error: string, says: RegExp): void {
  assert.equal(code, 1, stderr)
  assert.match(stderr, new RegExp(`\\(${error}\\)`))
  assert.match(stderr, says)
  assert.doesNotMatch(stderr, /^\s+at /m)
}

test('a host that cannot run says why, and how it could', async (t) => {
  const music = musicIn(t)
  const run = (person: Person, ...args: string[]) => person.run('host', ...args, ...quiet)
  const taken = createServer().listen(0)
  t.after(() => taken.close())
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const newer = temporaryFolder(t)
  writeFileSync(join(newer, 'identity.json'), '{"format": 99}')
  const newerLibrary = personAt(t, undefined)
  await newerLibrary.run('pairings', 'list') // makes the database
  const database = openSqlite(join(newerLibrary.data, 'library.db'))
  database.execute('UPDATE schema_version SET version = 99')
  database.close()

  const file = join(music, 'river.flac')
  refused(await run(personAt(t, undefined), join(music, 'none')), 'FOLDER_MISSING', /connect the drive/)
  refused(await run(personAt(t, undefined), file), 'FOLDER_MISSING', /it is a file/)
  refused(await run(personAt(t, undefined), music, '--port', `${port}`), 'PORT_IN_USE', /--port 0/)
  refused(await run(personAt(t, undefined, newer), music), 'DATA_FROM_NEWER_VERSION', /Update Tonearm/)
  refused(await run(newerLibrary, music), 'DATA_FROM_NEWER_VERSION', /Update Tonearm/)
  refused(await run(personAt(t, undefined, join(file, 'data')), music), 'DATA_NOT_WRITABLE', /choose another/)
})

test('a second host on the same data is refused with the pid of the first, which plays on', async (t) => {
  const person = personAt(t, undefined)
  const music = musicIn(t)
  const { host } = await hostOf(person, music, '--output', 'null')

  refused(await person.run('host', music, ...quiet), 'DATA_LOCKED', new RegExp(`pid: ${host.pid}\\b`))

  assert.equal((await person.run('status')).code, 0)
})

test('an empty folder is watched; bad files are listed with a reason, huge tags are read', async (t) => {
  const folder = temporaryFolder(t)
  const person = personAt(t, undefined)
  const { host } = await hostOf(person, folder, '--output', 'null')
  await host.line(/"event":"scanned","tracks":0/, patienceMs)

  const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(10 << 20)])
  writeMusic(join(folder, 'river.mp3'), mp3({ title: 'River', picture }))
  await host.line(/"event":"scanned".*"tracks":1,.*"failed":0/, patienceMs)
  writeMusic(join(folder, 'letter.mp3'), Buffer.from('Dear Joni, '.repeat(5000)))
  await host.line(/"event":"scanned".*"tracks":1,.*"failed":1/, patienceMs) // told also when it is all that is new

  const songs = await person.json<{ title: string }[]>('songs')
  assert.deepEqual(
    songs.map(({ title }) => title),
    ['River'],
  )
})

test('requests of strangers are answered, each in its way', async (t) => {
  const person = personAt(t, undefined)
  const { host, url } = await hostOf(person, musicIn(t), '--output', 'null')
  const status = async (path: string) => (await fetch(url + path)).status

  assert.equal(await status('/login?pairing-guid=0x00000000000000FF'), 503)
  assert.equal(await status('/ctrl-int/1/playstatusupdate?revision-number=1&session-id=12345'), 403)
  assert.equal(await status('/no/such/path'), 400) // as iTunes

  await host.line(/"event":"scanned"/, patienceMs)
  assert.equal((await person.run('status')).code, 0)
})

test('a wrong PIN pairs nobody, and the right one still does', async (t) => {
  const person = personAt(t, undefined)
  const { url } = await hostOf(person, musicIn(t), '--output', 'null')
  refused(await person.run('accept', '1234'), 'NO_SUCH_PAIRING_REQUEST', /tonearm accept/)
  const asking = await fetch(`${url}/api/pairing-requests`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'Elke' }),
  })
  const { digits } = (await asking.json()) as { digits: string }
  const wrong = String((Number(digits) + 1) % 10_000).padStart(4, '0')

  refused(await person.run('accept', 'Elke', wrong), 'WRONG_PIN', /again/)
  assert.deepEqual(await person.json('pairings'), [])
  assert.equal((await person.run('accept', 'Elke', digits)).code, 0)
})

test('where nothing can sound, play says so, and the host lives on', async (t) => {
  const music = musicIn(t)
  const nowhere = join(music, 'no-such-folder', 'sound.wav')
  const outputs = [`wav:${nowhere}`, ...(hasSoundDevice() ? [] : ['system'])]
  for (const output of outputs) {
    const person = personAt(t, undefined)
    const { host } = await hostOf(person, music, '--output', output)
    await host.line(/"event":"no-sound"/, patienceMs)
    await host.line(/"event":"scanned"/, patienceMs)

    refused(await person.run('play', 'river'), 'NO_OUTPUT', /--output/)

    assert.equal((await person.run('status')).code, 0)
  }
})

test('a host goes on when nobody reads its words any more, and ends as it should', async (t) => {
  const person = personAt(t, undefined)
  const { host } = await hostOf(person, sample, '--output', 'null')
  await host.line(/"event":"scanned"/, patienceMs)

  host.child.stdout?.destroy() // as in `tonearm host | head -1`
  const played = await person.run('play', 'lead-in') // which the host says, into nowhere
  assert.equal(played.code, 0, played.stderr)
  assert.equal((await person.json<{ state: string }>('status')).state, 'playing')

  assert.deepEqual(await host.stop(), { code: 0, signal: null })
})

test('a host whose terminal is closed ends as it should', async (t) => {
  const { host } = await hostOf(personAt(t, undefined), sample, '--output', 'null')
  await host.line(/"event":"scanned"/, patienceMs)

  host.child.stdout?.destroy()
  host.child.stderr?.destroy()

  host.child.kill('SIGHUP') // of the shell, and then of the kernel
  assert.deepEqual(await host.stop('SIGHUP'), { code: 0, signal: null })
})

test('watch outlives its host: kill -9 is told, and the next one is followed', async (t) => {
  const person = personAt(t, undefined)
  const music = musicIn(t)
  const { host, url } = await hostOf(person, music, '--output', 'null')
  const watch = person.start('watch', '--json')
  await watch.line(/"event":"status"/, patienceMs)

  await host.stop('SIGKILL')
  await watch.line(/"event":"gone"/, patienceMs)
  const again = await hostOf(person, music, '--output', 'null', '--port', new URL(url).port)
  await again.host.line(/"event":"scanned"/, patienceMs)
  assert.equal((await person.run('volume', '23')).code, 0)
  await watch.line(/"event":"status".*"volumePercent":23/, patienceMs)

  assert.equal((await watch.stop('SIGINT')).code, 0)
  assert.match(readFileSync(join(person.data, 'running.json'), 'utf8'), new RegExp(url))
})
