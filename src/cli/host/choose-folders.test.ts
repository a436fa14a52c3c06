// The owner chooses other folders: kept in the configuration file, where everything else stays as it was.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { folderChoiceIn } from './choose-folders.ts'
import { withFolders } from './config-file.ts'
import { settingsFromToml } from './host-settings.ts'

function twoFolders(t: TestContext) {
  const path = mkdtempSync(join(tmpdir(), 'tonearm-'))
  t.after(() => rmSync(path, { recursive: true }))
  const [one, other] = [join(path, 'one ] "two"'), join(path, 'other')]
  mkdirSync(one)
  mkdirSync(other)
  return { path, one, other, file: join(path, 'config.toml') }
}

test('folders are written into the file, and read from it with the next start', async (t) => {
  const { one, other, file } = twoFolders(t)
  writeFileSync(
    file,
    '# Mine\nname = "Attic"\nfolders = [\n  "/mnt/a]b", # the old ones\n]\nport = 4000 # so\n',
  )
  const choice = folderChoiceIn(file, undefined, {})

  const chosen = await choice.change([one, other, one])

  const text = readFileSync(file, 'utf8')
  const settings = await settingsFromToml(text, file)
  assert.deepEqual(chosen, [one, other])
  assert.deepEqual({ ...settings }, { folders: [one, other], name: 'Attic', port: 4000 })
  assert.match(text, /^# Mine\n/)
  assert.match(text, /4000 # so/)
  assert.equal(choice.areNamedAtStart, false)
  assert.equal((await choice.change([])).length, 1)
  assert.deepEqual(
    { ...(await settingsFromToml(readFileSync(file, 'utf8'), file)) },
    { name: 'Attic', port: 4000 },
  )
})

test('what is no folder is refused, and nothing is written', async (t) => {
  const { path, one, file } = twoFolders(t)
  const choice = folderChoiceIn(file, [one], {})
  writeFileSync(join(path, 'song.mp3'), '')

  for (const wrong of [
    'relative',
    join(path, 'none'),
    join(path, 'song.mp3'),
    '/tmp/\0',
    '/'.padEnd(300, 'x'),
  ])
    await assert.rejects(choice.change([one, wrong]), { code: 'FOLDER_MISSING' }, wrong)

  assert.equal(existsSync(file), false)
  assert.equal(choice.areNamedAtStart, true)
})

test('a file that says it in another way stays as it is', () => {
  for (const text of ['"folders" = ["/a"]\n', 'name = [ # not closed'])
    assert.throws(() => withFolders(text, ['/c'], 'config.toml'), { code: 'BAD_SETTING' })
})
