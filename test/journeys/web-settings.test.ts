// The owner chooses music folders in the page: one more comes with its songs, what cannot be read is listed, and one that
// is taken out goes and comes back.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fillShelf } from '../fakes/record-shelf.ts'
import { houseWithRecords, needsBrowser, records } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

test('a music folder is added, looked through, taken out and brought back', {
  timeout: 240_000,
}, async (t) => {
  if (!needsBrowser(t)) return
  let shelf = ''
  const house = await houseWithRecords(t, {
    async fill(folder) {
      shelf = folder
      mkdirSync(join(folder, 'attic box'))
      await fillShelf(folder, records.slice(0, 1))
      await fillShelf(join(folder, 'attic box'), records.slice(1, 2))
      writeFileSync(join(folder, 'attic box/records/broken.flac'), 'not music')
    },
  })
  const { page, ...owner } = await house.owner({ expected: /status of 400 .*\/api\/folders\/inside/ })
  const main = page.getByRole('main')
  await owner.goes('settings/folders')
  await main.getByText(join(shelf, 'records'), { exact: true }).waitFor()
  assert.equal(await main.getByRole('button', { name: /^Remove/ }).count(), 0)

  // A path that is none; then step by step.
  await main.getByRole('button', { name: 'Add a folder' }).click()
  const path = main.getByRole('textbox', { name: 'Path on Attic' })
  await path.fill('/no/such/folder')
  await path.press('Enter')
  await main.getByRole('alert').getByText('Attic has no such folder').waitFor()
  await path.fill(shelf)
  await path.press('Enter')
  await main.getByRole('button', { name: 'attic box' }).click()
  await main.getByRole('button', { name: 'records', exact: true }).waitFor()
  await main.getByRole('button', { name: 'Use this folder' }).click()

  await main.getByText(join(shelf, 'attic box'), { exact: true }).waitFor()
  await main.getByText('1 file could not be read').click()
  await main.getByText(join(shelf, 'attic box/records/broken.flac')).waitFor()
  await takePictures(page, 'folders')
  await owner.goes('albums')
  await page.getByRole('link', { name: /^Night Bus/ }).waitFor()

  await owner.goes('settings/folders')
  await main.getByRole('button', { name: /^Remove .*attic box$/ }).click()
  await main.getByText(join(shelf, 'attic box'), { exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await main.getByText(join(shelf, 'attic box'), { exact: true }).waitFor()
  await owner.goes('albums')
  await page.getByRole('link', { name: /^Night Bus/ }).waitFor()
  owner.isContent()
})
