// The queue and playlists in the browser: sorted by hand and by key, taken back, kept as a playlist.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { eventually } from '../lab/eventually.ts'
import { type House, houseWithRecords, needsBrowser } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

test('the queue is sorted by hand and by key, undone, and kept as a playlist', {
  timeout: 240_000,
}, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t)
  // The songs of a playlist that was deleted are asked for once more.
  const { page, ...owner } = await house.owner({ expected: /status of 404 .*\/containers\// })
  const queue = () => titlesIn(page.getByRole('main').getByRole('row'))
  const isNow = async (...titles: string[]) => {
    await eventually(`${titles.join(', ')} in the page`, async () => (await queue()).join() === titles.join())
    await eventually(
      `${titles.join(', ')} at the host`,
      async () => (await hostQueue(house)).join() === titles.join(),
    )
  }
  await page.getByRole('link', { name: /^Tidewrack/ }).click()
  await page.getByRole('main').getByRole('button', { name: 'Play', exact: true }).click()
  await page.getByRole('complementary').getByRole('link', { name: 'Kelp' }).waitFor()
  await owner.goes('queue')
  await isNow('Stairwell', 'The Long Shore', 'Slow Light')

  await dragAbove(
    page,
    page.getByRole('button', { name: 'Move Slow Light, position 3 of 3' }),
    page.getByRole('row', { name: /^Stairwell/ }),
  )
  await isNow('Slow Light', 'Stairwell', 'The Long Shore')

  await page.getByRole('row', { name: /^Slow Light/ }).focus()
  await page.keyboard.press('Alt+ArrowDown')
  await isNow('Stairwell', 'Slow Light', 'The Long Shore')
  await page.getByRole('row', { name: /^The Long Shore/ }).focus()
  await page.keyboard.press('Delete')
  await isNow('Stairwell', 'Slow Light')
  await page.getByRole('button', { name: 'Undo' }).click()
  await isNow('Stairwell', 'Slow Light', 'The Long Shore')

  await takePictures(page, 'queue-sorted')
  await page.getByRole('button', { name: 'Save as a playlist' }).click()
  await page.getByRole('textbox', { name: 'Name of the playlist' }).fill('Evening')
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').getByRole('link', { name: 'Evening' }).click()
  await page.getByRole('heading', { name: 'Evening' }).waitFor()
  await eventually('what plays, and all that comes next', async () => {
    return (await queue()).join() === 'Kelp,Stairwell,Slow Light,The Long Shore'
  })
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'Name of the playlist' }).fill('Late evening')
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').getByRole('link', { name: 'Late evening' }).waitFor()

  await owner.goes('playlists/new')
  await page.getByRole('textbox', { name: 'Name of the playlist' }).fill('Morning')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Morning' }).waitFor()
  await owner.goes('songs')
  await page.getByRole('row', { name: /^Barley/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Add to playlist/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Morning/ })
    .click()
  await page.getByRole('navigation').getByRole('link', { name: 'Morning' }).click()
  await page.getByRole('row', { name: /^Barley/ }).waitFor()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('navigation').getByRole('link', { name: 'Morning' }).waitFor({ state: 'detached' })
  assert.ok((await playlistsOf(house)).includes('Late evening'))
  owner.isContent()
})

async function titlesIn(rows: Locator): Promise<string[]> {
  const names = await rows.evaluateAll((elements) =>
    elements.map((row) => row.getAttribute('aria-label') ?? ''),
  )
  return names.map((name) => name.split(',')[0] ?? '')
}

async function hostQueue({ attic }: House): Promise<string[]> {
  const songs = await attic.json<{ offset: number; title: string }[]>('queue', 'list')
  return songs.filter(({ offset }) => offset > 0).map(({ title }) => title)
}

async function playlistsOf({ attic }: House): Promise<string[]> {
  return (await attic.json<{ name: string }[]>('playlists')).map(({ name }) => name)
}

/** With a mouse, in steps, as a hand does. */
async function dragAbove(page: Page, handle: Locator, row: Locator): Promise<void> {
  const [from, to] = [await handle.boundingBox(), await row.boundingBox()]
  assert.ok(from && to)
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(from.x + from.width / 2, to.y + 2, { steps: 6 })
  await page.mouse.up()
}
