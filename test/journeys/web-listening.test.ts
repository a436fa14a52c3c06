// An evening with two browsers: one browses, searches and plays at a desk, the other sees it all on a phone and has a hand
// in it.

import { test } from 'node:test'
import { desktop, houseWithRecords, needsBrowser, phone } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

test('what one browser plays, rates and turns up, the other sees; and the other way round', {
  timeout: 240_000,
}, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t)
  const desk = await house.owner()
  const sofa = await house.owner(phone)
  const deck = desk.page.getByRole('complementary', { name: 'Now playing' })
  const mini = sofa.page.getByRole('region', { name: 'Now playing' })

  // Browse, and play from the album.
  await desk.page.getByRole('link', { name: /^Tidewrack/ }).click()
  await desk.page.getByRole('heading', { name: 'Tidewrack' }).waitFor()
  await desk.page.getByRole('row', { name: /^Stairwell/ }).click()
  await deck.getByRole('link', { name: 'Stairwell' }).waitFor()
  await deck.getByRole('img', { name: 'Cover of Tidewrack' }).waitFor()
  await deck.getByRole('button', { name: 'The Long Shore' }).waitFor()
  await mini.getByRole('link', { name: /^Open what plays: ?Stairwell ?Marble Harbour$/ }).waitFor()

  // The other pauses it, and lets it play on.
  await mini.getByRole('button', { name: 'Pause' }).click()
  await deck.getByRole('button', { name: 'Play', exact: true }).click()
  await mini.getByRole('button', { name: 'Pause' }).waitFor()

  // Back in the very same place.
  await desk.page.setViewportSize({ width: 1440, height: 420 })
  await desk.goes('songs')
  await desk.page.getByRole('row', { name: /^Barley/ }).waitFor()
  await desk.page.locator('main').evaluate((column) => column.scrollTo(0, 100))
  await desk.page.getByRole('link', { name: 'Genres' }).click()
  await desk.page.getByRole('heading', { name: 'Genres' }).waitFor()
  await desk.page.goBack()
  await desk.page.getByRole('heading', { name: 'Songs' }).waitFor()
  await desk.page.waitForFunction(() => document.querySelector('main')?.scrollTop === 100)
  await desk.page.setViewportSize(desktop.viewport)

  // Search, from anywhere.
  await desk.page.keyboard.press('/')
  await desk.page.getByRole('combobox', { name: 'Search everything' }).fill('sod')
  await desk.page.getByRole('row', { name: /^Sodium/ }).waitFor()
  await desk.page.keyboard.press('Enter')
  await mini.getByRole('link', { name: /^Open what plays: ?Sodium ?Juno Park$/ }).waitFor()

  // Rate what plays.
  await deck.getByRole('radio', { name: '4 stars' }).click()
  await mini.getByRole('link', { name: /^Open what plays/ }).click()
  await sofa.page.getByRole('radio', { name: '4 stars', checked: true }).waitFor()
  await sofa.page.getByRole('radio', { name: '2 stars' }).click()
  await deck.getByRole('radio', { name: '2 stars', checked: true }).waitFor()

  // Speakers: a volume of its own, off and on again.
  await sofa.page.getByRole('button', { name: 'Speakers: Nowhere' }).click()
  const sheet = sofa.page.getByRole('dialog', { name: 'Speakers' })
  const own = sheet.getByRole('slider', { name: 'Volume of Nowhere' })
  await own.focus()
  await own.press('Home')
  await own.press('PageUp')
  const heard = desk.page.getByRole('slider', { name: 'Volume', exact: true })
  await heard.and(desk.page.locator('[aria-valuenow="10"]')).waitFor()
  await sheet.getByRole('checkbox', { name: /^Nowhere/ }).uncheck({ force: true })
  await deck.getByRole('button', { name: 'Speakers: Choose a speaker' }).waitFor()
  await sheet.getByRole('checkbox', { name: /^Nowhere/ }).check({ force: true })
  await deck.getByRole('button', { name: 'Speakers: Nowhere' }).waitFor()

  await takePictures(desk.page, 'evening')
  desk.isContent()
  sofa.isContent()
})
