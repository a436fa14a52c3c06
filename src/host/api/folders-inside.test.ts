// Choosing a music folder: the owner sees the folders of the machine, and nobody else does.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startHost } from '../../../test/fakes/host.ts'
import type { ApiAnswer, ApiError } from '../../protocol/index.ts'

test('the owner looks into folders; what is none is refused in words', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const name of ['Disc 10', 'Disc 2', '.hidden']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'song.mp3'), '')
  symlinkSync('/nowhere', join(folder, 'broken'))
  const { owner, api, login } = await startHost(t)
  const inside = (path: string) => `/api/folders/inside?path=${encodeURIComponent(path)}`

  const answer = await owner('GET', inside(`${folder}/Disc 2/..`))
  const asRemote = await api('GET', `${inside(folder)}&session-id=${await login()}`)

  assert.deepEqual(await answer.json(), { path: folder, names: ['Disc 2', 'Disc 10'] })
  assert.equal(asRemote.status, 403)
  for (const wrong of [
    join(folder, 'song.mp3'),
    join(folder, 'none'),
    'relative',
    '/tmp/\0',
    `/${'x'.repeat(300)}`,
  ]) {
    const refusal = await owner('GET', inside(wrong))
    assert.equal(refusal.status, 400, wrong)
    assert.equal(((await refusal.json()) as ApiError).code, 'FOLDER_MISSING')
  }
})

test('where nobody can write it down, folders are listed and not changed', async (t) => {
  const { owner } = await startHost(t)

  const listed = (await (await owner('GET', '/api/folders')).json()) as ApiAnswer<'folders'>
  const refusal = await owner('POST', '/api/folders', { folders: ['/tmp'] })
  const tooMany = await owner('POST', '/api/folders', { folders: Array.from({ length: 101 }, () => '/tmp') })

  assert.deepEqual(listed.folders, ['/nowhere'])
  assert.equal(((await refusal.json()) as ApiError).code, 'BAD_SETTING')
  assert.equal(tooMany.status, 400)
})
