// A smart playlist made in the page: what the rules find is seen while they are written, and follows the library once it is saved.

import { test } from 'node:test'
import { houseWithRecords, needsBrowser } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

test('rules find their songs while they are written, and go on finding them', {
  timeout: 240_000,
}, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t)
  const { page, ...owner } = await house.owner()
  const main = page.getByRole('main')
  const status = main.getByRole('status')

  await owner.goes('playlists')
  await main.getByRole('link', { name: 'New smart playlist' }).click()
  await status.getByText('when each rule is complete').waitFor()

  // One rule, seen at once; a second that all songs must hold to as well.
  await main.getByRole('textbox', { name: 'Value' }).fill('elec')
  await status.getByText('3 songs, 6 minutes').waitFor()
  await main.getByRole('row', { name: /^Sodium, Juno Park/ }).waitFor()
  await main.getByRole('button', { name: 'Add a rule' }).click()
  await main.getByRole('combobox', { name: 'What it asks of' }).nth(1).selectOption('Year')
  await main.getByRole('combobox', { name: 'How', exact: true }).nth(1).selectOption('is less than')
  await main.getByRole('spinbutton', { name: 'Value' }).fill('1999')
  await status.getByText('Nothing matches yet').waitFor()
  await main.getByRole('combobox', { name: 'How many must hold' }).selectOption('any')
  await status.getByText('5 songs, ').waitFor()
  await main.getByRole('checkbox', { name: 'At most' }).check()
  await main.getByRole('spinbutton', { name: 'How many songs' }).fill('2')
  await status.getByText('2 of 5 songs, ').waitFor()
  await takePictures(page, 'smart-playlist')

  // What another remote does meanwhile counts at once.
  await main.getByRole('textbox', { name: 'Name of the playlist' }).fill('Loved')
  await main.getByRole('button', { name: 'Remove this rule' }).first().click()
  await main.getByRole('combobox', { name: 'What it asks of' }).selectOption('Rating')
  await main.getByRole('combobox', { name: 'How', exact: true }).selectOption('is at least')
  await status.getByText('Nothing matches yet').waitFor()
  await house.attic.json('rate', '5', '--song', 'Hedge')
  await main.getByRole('row', { name: /^Hedge/ }).waitFor()

  // Saved, it goes on.
  await main.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Loved' }).waitFor()
  await main.getByRole('row', { name: /^Hedge/ }).waitFor()
  await house.attic.json('rate', '4', '--song', 'Depot')
  await main.getByRole('row', { name: /^Depot/ }).waitFor()
  await main.getByRole('link', { name: 'Edit the rules' }).click()
  await status.getByText('2 songs, ').waitFor()
  owner.isContent()
})
