import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { start } from '../../test/fakes/command-line.ts'
import { eventually } from '../../test/lab/eventually.ts'
import { clearCompiled } from './compiled-code.ts'

const dayMs = 86_400_000
const nowMs = Date.now()

function cacheFolder(t: TestContext) {
  const cache = mkdtempSync(join(tmpdir(), 'tonearm-compiled-'))
  t.after(() => rmSync(cache, { recursive: true, force: true }))
  const folder = join(cache, 'tonearm', 'compiled')
  const put = (version: string, name: string, days: { sinceRead: number; sinceWritten: number }) => {
    mkdirSync(join(folder, version), { recursive: true })
    const file = join(folder, version, name)
    writeFileSync(file, 'code')
    utimesSync(file, (nowMs - days.sinceRead * dayMs) / 1000, (nowMs - days.sinceWritten * dayMs) / 1000)
  }
  const list = () =>
    readdirSync(folder)
      .filter((name) => name !== 'cleared')
      .flatMap((version) => readdirSync(join(folder, version)).map((name) => `${version}/${name}`))
  return { cache, folder, put, list }
}

test('code that no run has read for two months goes, with the folder of its version', (t) => {
  const { folder, put, list } = cacheFolder(t)
  put('v24.1', 'old', { sinceRead: 61, sinceWritten: 400 })
  put('v24.2', 'read', { sinceRead: 1, sinceWritten: 400 })
  put('v24.2', 'unread', { sinceRead: 90, sinceWritten: 90 })
  put('v24.2', 'new', { sinceRead: 400, sinceWritten: 1 })

  clearCompiled(folder, nowMs)

  assert.deepEqual(list(), ['v24.2/new', 'v24.2/read'])
  assert.equal(existsSync(join(folder, 'v24.1')), false)
})

test('it is looked for once a month', (t) => {
  const { folder, put, list } = cacheFolder(t)
  clearCompiled(join(folder, 'not there'), nowMs)
  put('v24', 'first', { sinceRead: 61, sinceWritten: 61 })
  clearCompiled(folder, nowMs)
  put('v24', 'second', { sinceRead: 61, sinceWritten: 61 })

  clearCompiled(folder, nowMs + 29 * dayMs)
  const soon = list()
  clearCompiled(folder, nowMs + 31 * dayMs)

  assert.deepEqual([soon, list()], [['v24/second'], []])
})

test('any command clears the cache of its user after its work', async (t) => {
  const { cache, put, list } = cacheFolder(t)
  put('v18', 'old', { sinceRead: 61, sinceWritten: 61 })

  const { status } = await start(['--version'], { XDG_CACHE_HOME: cache, NODE_COMPILE_CACHE: '' }).ended

  assert.equal(status, 0)
  await eventually('it is gone', () => !list().includes('v18/old'))
})
