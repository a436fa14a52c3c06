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
  await push(page, main.getByRole('row', { name: /^Hedge/ }), -140)
  await page
    .getByText(/^Play later/)
    .first()
    .waitFor()
  await push(page, main.getByRole('row', { name: /^Depot/ }), 140)
  await page
    .getByText(/^Play next/)
    .first()
    .waitFor()

  await main.getByRole('button', { name: /Jump to letter$/ }).tap()
  await main
    .getByRole('group', { name: 'Jump to letter' })
    .first()
    .getByRole('button', { name: 'S', exact: true })
    .tap()
  await main.getByRole('button', { name: /Jump to letter$/, expanded: false }).waitFor()

  await owner.goes('genres')
  await main.locator('.row-fan img').nth(1).waitFor()
  await takePictures(page, 'genres')
  await owner.goes('queue')
  await main
    .getByRole('row')
    .first()
    .and(main.getByRole('row', { name: /^Depot/ }))
    .waitFor()
  await main
    .getByRole('row', { name: /^Hedge/ })
    .first()
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

/** With one finger, in steps. */
async function push(page: Page, row: Locator, byPx: number): Promise<void> {
  const box = await row.boundingBox()
  if (!box) throw new Error('the row is not to be seen')
  const tools = await page.context().newCDPSession(page)
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number) =>
    tools.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [{ x: at, y }] })
  await touch('touchStart', x)
  for (const part of [0.25, 0.5, 0.75, 1]) await touch('touchMove', x + byPx * part)
  await touch('touchEnd')
  await tools.detach()
}
