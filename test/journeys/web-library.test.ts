// A hand on the library: rows pushed aside, the alphabet behind a letter, an artist on the albums of others, sleeves of a genre.

import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { fillShelf } from '../fakes/record-shelf.ts'
import { houseWithRecords, needsBrowser, phone, records } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

const compilation = {
  album: 'Harbour Nights',
  artist: 'Marble Harbour',
  titles: ['Lanterns'],
  hasCover: false,
  tags: { album_artist: 'Various Artists' },
}

test('a finger queues songs and opens the alphabet; an artist is found on the albums of others', {
  timeout: 240_000,
}, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t, { fill: (folder) => fillShelf(folder, [...records, compilation]) })
  const { page, ...owner } = await house.owner(phone)
  const main = page.getByRole('main')

  await owner.goes('songs')
  await main.getByRole('row', { name: /^Barley/ }).tap()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  const said = (text: RegExp) => page.getByText(text).first().waitFor()
  await push(page, main.getByRole('row', { name: /^Hedge/ }), -140, 'start')
  await said(/^Play later.*Hedge/)
  await push(page, main.getByRole('row', { name: /^Depot/ }), 140, 'end')
  await said(/^Play next.*Depot/)

  // Where one reads from the right, the sides are the other way round.
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
  await push(page, main.getByRole('row', { name: /^Depot/ }), 140, 'start')
  await said(/^Play later.*Depot/)
  await push(page, main.getByRole('row', { name: /^Hedge/ }), -140, 'end')
  await said(/^Play next.*Hedge/)
  await page.evaluate(() => document.documentElement.removeAttribute('dir'))

  await main.getByRole('button', { name: /Jump to letter$/ }).tap()
  await main
    .getByRole('group', { name: 'Jump to letter' })
    .first()
    .getByRole('button', { name: 'S', exact: true })
    .tap()
  await main.getByRole('button', { name: /Jump to letter$/, expanded: false }).waitFor()

  // The name of an album is what is seen of it: its year where that is shown.
  await owner.goes('albums')
  await main.getByRole('link', { name: /^Tidewrack ?, ?Marble Harbour$/ }).waitFor()
  await main.getByRole('button', { name: 'By year' }).tap()
  await main.getByRole('link', { name: /^Tidewrack ?, ?2021 · Marble Harbour$/ }).waitFor()

  await owner.goes('genres')
  await main.locator('.row-fan img').nth(1).waitFor()
  await takePictures(page, 'genres')
  await owner.goes('queue')
  await main
    .getByRole('row')
    .first()
    .and(main.getByRole('row', { name: /^Hedge/ }))
    .waitFor()
  await main
    .getByRole('row', { name: /^Depot/ })
    .nth(1)
    .waitFor()

  await owner.goes('artists')
  await main
    .getByRole('link', { name: /^Marble Harbour/ })
    .first()
    .tap()
  await main.getByRole('heading', { name: 'Appears on' }).waitFor()
  await main.getByRole('link', { name: /^Harbour Nights/ }).waitFor()
  await takePictures(page, 'artist')
  owner.isContent()
})

/** With one finger, in steps; what it will do is seen on the way. */
async function push(page: Page, row: Locator, byPx: number, side: 'start' | 'end'): Promise<void> {
  const box = await row.boundingBox()
  if (!box) throw new Error('the row is not to be seen')
  const tools = await page.context().newCDPSession(page)
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number) =>
    tools.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [{ x: at, y }] })
  await touch('touchStart', x)
  for (const part of [0.25, 0.5, 0.75, 1]) await touch('touchMove', x + byPx * part)
  await row.locator(`.row-pushed.${side} svg`).waitFor()
  await touch('touchEnd')
  await tools.detach()
}
