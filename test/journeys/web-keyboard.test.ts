// An evening without a mouse: every step by key, and the focus always somewhere one can see.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { houseWithRecords, needsBrowser } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

test('browsing, playing, rating, queueing and searching by keys alone', { timeout: 240_000 }, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t)
  const { page, ...owner } = await house.owner()
  const deck = page.getByRole('complementary', { name: 'Now playing' })
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const focused = page.locator(':focus')
  const isFocused = (name: RegExp) => focused.and(page.getByRole('link', { name })).waitFor()

  // The first stop of all leads to the list.
  await page.reload()
  await page.getByRole('link', { name: /^Tidewrack/ }).waitFor()
  await press('Tab')
  assert.equal(await focused.textContent(), 'To the list')
  await press('Enter')
  assert.ok(await focused.evaluate((element) => element.closest('main') !== null))
  await page.getByRole('link', { name: /^Night Bus/ }).focus()
  await press('End')
  await isFocused(/^Field Notes/)
  await press('Home', 'Enter')
  const title = page.getByRole('main').getByRole('heading', { level: 1 })
  await title.and(page.locator(':focus')).waitFor()

  // An album's songs are one stop; arrows move in it.
  await press('g', 's')
  await page.getByRole('row', { name: /^Kelp/ }).waitFor()
  await page.locator('[role="row"][tabindex="0"]').focus()
  // Two keys before anything is drawn.
  await page.evaluate(() => {
    for (const key of ['End', 'Home'])
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  })
  await press('ArrowDown')
  await focused.and(page.locator('[aria-rowindex="2"]')).waitFor()
  const second = await focused.getAttribute('aria-label')
  await press('Enter')
  await deck
    .getByRole('link', { name: second?.split(',')[0] ?? '' })
    .first()
    .waitFor()
  await press('3')
  await page.getByRole('row', { name: /3 of 5 stars/ }).waitFor()
  for (const row of [3, 4]) {
    await press('ArrowDown')
    await focused.and(page.locator(`[aria-rowindex="${row}"]`)).waitFor()
    await press('q')
    await page
      .getByText(/^Play later/)
      .first()
      .waitFor()
  }

  // What plays.
  await press(' ')
  await deck.getByRole('button', { name: 'Play', exact: true }).waitFor()
  await press(' ', 's')
  await deck.getByRole('button', { name: 'Shuffle', pressed: true }).waitFor()
  await press('s', 'r')
  await deck.getByRole('button', { name: 'Repeat: all' }).waitFor()
  await press('v')
  await page.getByRole('dialog', { name: 'Speakers' }).waitFor()
  await press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  // The menu of a row, and the focus back where it was.
  await page.locator('[role="row"][tabindex="0"]').focus()
  const row = await focused.getAttribute('aria-label')
  await press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Play', exact: false }).first().waitFor()
  await press('ArrowDown', 'Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  assert.equal(await focused.getAttribute('aria-label'), row)

  // Search: the text keeps the focus, a row is marked.
  await press('/')
  await page.getByRole('combobox').and(page.locator(':focus')).waitFor()
  await page.keyboard.type('depot')
  await page
    .getByRole('main')
    .getByRole('row', { name: /^Depot/ })
    .waitFor()
  await press('ArrowDown')
  await page.getByRole('row', { selected: true }).waitFor()
  await press('Enter')
  await deck.getByRole('link', { name: 'Depot' }).waitFor()
  await press('Escape', '?')
  await page.getByRole('dialog', { name: 'Keys' }).waitFor()
  await press('Escape')

  // The queue, held and moved.
  await press('g', 'q')
  const firstRow = page.getByRole('main').locator('[role="row"]').first()
  await firstRow.focus()
  const moved = (await firstRow.getAttribute('aria-label')) ?? ''
  await press(' ', 'ArrowDown', ' ')
  await page
    .getByRole('main')
    .locator('[role="row"]')
    .nth(1)
    .and(page.getByLabel(moved, { exact: true }))
    .waitFor()
  await takePictures(page, 'by-keys')
  owner.isContent()
})
