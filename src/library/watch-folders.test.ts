import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { eventually } from '../../test/lab/eventually.ts'
import { silentLog } from '../log.ts'
import { watchFolders } from './watch-folders.ts'

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-watch-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('an album copied in is told once, and again when more comes while it is looked at, wherever it is moved', async (t) => {
  const folder = emptyFolder(t)
  let told = 0
  const looked = Promise.withResolvers<void>()
  const watching = await watchFolders({
    folders: [folder],
    log: silentLog,
    onChange: async () => {
      told += 1
      await looked.promise
    },
  })
  t.after(() => watching.close())

  mkdirSync(join(folder, 'Blue'))
  for (const name of ['1', '2', '3']) writeFileSync(join(folder, 'Blue', `${name}.mp3`), name)
  await eventually('the first word', () => told === 1)
  writeFileSync(join(folder, 'Blue', '4.mp3'), '4')
  looked.resolve()
  await eventually('the second word', () => told === 2)
  renameSync(join(folder, 'Blue'), join(folder, 'Green'))
  await eventually('the third word', () => told === 3)
  writeFileSync(join(folder, 'Green', '5.mp3'), '5')
  await eventually('a change in the renamed folder', () => told === 4)
})

test('a folder that cannot be watched is logged, and the others are', async (t) => {
  const folder = emptyFolder(t)
  const warned: string[] = []
  let told = 0
  const watching = await watchFolders({
    folders: [join(folder, 'missing'), folder],
    log: { ...silentLog, warn: (message) => void warned.push(message) },
    onChange: async () => {
      told += 1
    },
  })
  t.after(() => watching.close())

  writeFileSync(join(folder, 'song.mp3'), '')

  await eventually('the change', () => told > 0)
  assert.equal(warned.length, 1)
})
