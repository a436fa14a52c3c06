// The data directory: whose it is, who it makes the host, and how it refuses.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { systemClock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { openLibrary, openSqlite } from '../../library/index.ts'
import { silentLog } from '../../log.ts'
import { openPairings } from '../pairing/pairings.ts'
import { dataDirectoryPath, readOwnerToken, readRunningHost } from '../running-host.ts'
import { openDataDirectory } from './data-directory.ts'

function newPath(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-data-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'deep', 'data')
}

const refusal = (code: string) => (error: unknown) => error instanceof KnownError && error.code === code

test('a new directory is private, and what it is called stays the same', (t) => {
  const path = newPath(t)

  const first = openDataDirectory(path)
  const identity = first.identity({ name: 'Studio' })
  first.keepPort(40_123)
  first.keepHostLabel('studio-2')
  first.close()
  const second = openDataDirectory(path)
  t.after(() => second.close())

  assert.equal(statSync(path).mode & 0o777, 0o700)
  assert.equal(statSync(join(path, 'owner-token')).mode & 0o777, 0o600)
  assert.match(identity.databaseIdHex, /^[0-9A-F]{16}$/)
  assert.equal(second.identity().databaseId, identity.databaseId)
  assert.equal(second.identity().instanceName, identity.instanceName)
  assert.equal(second.identity().name, 'Studio')
  assert.equal(second.keptPort, 40_123)
  assert.equal(second.announcedHostLabel, 'studio-2')
  assert.equal(second.ownerToken, first.ownerToken)
  assert.equal(readOwnerToken(path), first.ownerToken)
})

test('the command line finds the running host, and none after it has ended', (t) => {
  const path = newPath(t)
  const directory = openDataDirectory(path)
  const running = { pid: process.pid, url: 'http://127.0.0.1:3689', port: 3689, name: 'Studio' }

  directory.markRunning(running)
  const found = readRunningHost(path)
  directory.close()

  assert.deepEqual(found, running)
  assert.equal(readRunningHost(path), undefined)
})

test('a second host is refused with the pid of the first; kill -9 frees the directory', async (t) => {
  const path = newPath(t)
  const module = new URL('./data-directory.ts', import.meta.url).href
  const program = `const { openDataDirectory } = await import('${module}')
    openDataDirectory(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000)`
  const first = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => first.kill('SIGKILL'))
  await once(first.stdout, 'data')

  assert.throws(
    () => openDataDirectory(path),
    (error) => refusal('DATA_LOCKED')(error) && (error as KnownError).details['pid'] === first.pid,
  )
  first.kill('SIGKILL')
  await once(first, 'exit')
  openDataDirectory(path).close()
})

test('a directory from a newer version is refused, a damaged one too, and neither is changed', (t) => {
  const path = newPath(t)
  openDataDirectory(path).close()
  const file = join(path, 'identity.json')

  for (const [text, code] of [
    ['{"format": 99}', 'DATA_FROM_NEWER_VERSION'],
    ['{"format": 1, "databaseId": "no"}', 'DATA_DAMAGED'],
    ['not json', 'DATA_DAMAGED'],
  ] as const) {
    writeFileSync(file, text)
    assert.throws(() => openDataDirectory(path), refusal(code))
    assert.equal(readFileSync(file, 'utf8'), text)
  }
})

test('a place that cannot be written is refused with its reason', (t) => {
  const path = newPath(t)
  openDataDirectory(path).close()
  const file = join(path, 'library.db')
  writeFileSync(file, '')

  assert.throws(() => openDataDirectory(join(file, 'data')), refusal('DATA_NOT_WRITABLE'))
  if (process.getuid?.() === 0) return // nothing is forbidden to root
  chmodSync(path, 0o500)
  assert.throws(() => openDataDirectory(path), refusal('DATA_NOT_WRITABLE'))
  chmodSync(path, 0o700)
})

test('the flag wins over the environment, the environment over the platform', () => {
  const environment = { TONEARM_DATA: '/b', XDG_DATA_HOME: '/c' }

  assert.equal(dataDirectoryPath('/a', environment, 'linux'), '/a')
  assert.equal(dataDirectoryPath(undefined, environment, 'linux'), '/b')
  assert.equal(dataDirectoryPath(undefined, { XDG_DATA_HOME: '/c' }, 'linux'), '/c/tonearm')
  assert.match(dataDirectoryPath(undefined, {}, 'darwin'), /Application Support.Tonearm$/)
  assert.match(dataDirectoryPath(undefined, { LOCALAPPDATA: '/d' }, 'win32'), /^.d.Tonearm$/)
})

test('pairings survive, with their 64-bit guids', (t) => {
  const directory = openDataDirectory(newPath(t))
  const guid = 0xfedc_ba98_7654_3210n
  const before = openSqlite(directory.databaseFile)
  const first = openPairings(before, systemClock)
  first.add({ guid, name: 'old phone', address: '192.168.1.8' })
  first.markSeen(guid)
  const paired = first.add({ guid, name: 'phone', address: '192.168.1.9' })
  before.close()

  const database = openSqlite(directory.databaseFile)
  t.after(() => {
    database.close()
    directory.close()
  })
  const pairings = openPairings(database, systemClock)

  assert.equal(pairings.find(guid)?.name, 'phone')
  assert.ok(paired.lastSeenAtMs !== undefined, 'pairing again forgets nothing')
  assert.deepEqual(pairings.find(guid), paired)
  assert.ok(pairings.remove(guid))
  assert.equal(openPairings(database, systemClock).find(guid), undefined)
  assert.ok(existsSync(directory.databaseFile))
})

// Node's recursive mkdir asks for ever where a folder that is there says ENOENT.
test('a place where nothing can be made is refused at once', { skip: !existsSync('/proc/self') }, () => {
  assert.throws(() => openDataDirectory('/proc/tonearm/data'), refusal('DATA_NOT_WRITABLE'))
})

const isRoot = process.getuid?.() === 0 && process.platform === 'linux'

/** As `tonearm host` does before it answers. */
async function firstStart(path: string): Promise<void> {
  const directory = openDataDirectory(path)
  try {
    const database = openSqlite(directory.databaseFile)
    const options = { database, folders: [], dataDirectory: path, clock: systemClock, log: silentLog }
    await openLibrary(options)
      .then((library) => library.close())
      .finally(() => database.close())
    directory.markRunning({ pid: process.pid, url: '', port: 0, name: '' })
  } finally {
    directory.close()
  }
}

test('a start on a disk without room says so, wherever the room ends', {
  skip: isRoot ? false : 'only root may mount the small disk it needs',
}, async (t) => {
  const place = newPath(t)
  mkdirSync(place, { recursive: true })

  const outcomes = new Set<string>()
  for (let kilobytes = 4; kilobytes <= 256; kilobytes += 12) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', place])
    try {
      await firstStart(join(place, 'data'))
      outcomes.add('started')
    } catch (error) {
      outcomes.add(error instanceof KnownError ? error.code : String(error))
    } finally {
      execFileSync('umount', ['--lazy', place])
    }
  }

  outcomes.delete('started')
  assert.deepEqual([...outcomes], ['DISK_FULL'])
})

test("a directory that others can open is refused when it is somebody else's", {
  skip: isRoot ? false : 'only root may make a directory of somebody else',
}, async (t) => {
  const path = newPath(t)
  mkdirSync(path, { recursive: true })
  chmodSync(path, 0o777)
  const module = new URL('./data-directory.ts', import.meta.url).href
  const program = `const { openDataDirectory } = await import('${module}')
    process.setgid(65534); process.setuid(65534)
    try { openDataDirectory(${JSON.stringify(path)}) } catch (error) { console.log(error.code) }`
  for (const folder of [join(path, '..'), join(path, '../..')]) chmodSync(folder, 0o755)

  const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })

  assert.equal(said.trim(), 'DATA_NOT_PRIVATE')
})
