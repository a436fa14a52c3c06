// A library whose every tag is a script: wherever a name stands in the page, it stands there as text.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillShelf } from '../fakes/record-shelf.ts'
import { personAt } from './programs.ts'
import { houseWithRecords, needsBrowser, patienceMs, phone } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

const script = (where: string) =>
  `"><img src=/none onerror="globalThis.broken='${where}'"><svg onload="globalThis.broken='${where}'">${where}`

const hostile = [
  {
    album: script('album'),
    artist: script('artist'),
    titles: [
      script('title'),
      `javascript:globalThis.broken='title'`,
      '😈'.repeat(120),
      `\u202e${'ש'.repeat(500)}`,
    ],
    genre: script('genre'),
    composer: script('composer'),
    tags: {
      album_artist: script('album artist'),
      comment: script('comment'),
      lyrics: script('lyrics'),
      TITLESORT: script('title sort'),
      ARTISTSORT: script('artist sort'),
      GROUPING: script('grouping'),
    },
  },
  { album: '', artist: '', titles: ['plain', ''] },
]
/** Short, as names on the network are. */
const remoteName = '<img src=/n onerror=broken=1>'
const places = [
  ...['albums', 'artists', 'songs', 'genres', 'composers', 'recent', 'most-played', 'playlists'],
  ...['queue', 'history', 'now', 'settings/remotes', 'settings/folders', 'settings/about'],
]

test('scripts in tags, playlists and names of remotes stay text, on every page', {
  timeout: 240_000,
}, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t, {
    machines: ['kitchen'],
    fill: (folder) => fillShelf(folder, hostile),
  })
  const { page, ...owner } = await house.owner()

  await owner.goes('playlists/new')
  await page.getByRole('textbox', { name: 'Name of the playlist' }).fill(script('playlist'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: script('playlist') }).waitFor()
  await owner.goes('songs')
  await page.getByRole('row', { name: script('title') }).click()
  await page
    .getByRole('complementary')
    .getByRole('link', { name: script('title') })
    .waitFor()
  const kitchen = personAt(t, house.network.machine('kitchen'))
  await kitchen.start('pair', '--name', remoteName, '--json').line('"waiting"', patienceMs)
  await owner.goes('settings/remotes')
  await page.getByRole('heading', { name: `${remoteName} asks to be a remote` }).waitFor()

  for (const size of ['desktop', 'phone'] as const) {
    if (size === 'phone') await page.setViewportSize(phone.viewport)
    for (const place of places) {
      await owner.goes(place)
      await page.locator('h1').first().waitFor()
      await isHarmless(place)
    }
    await owner.goes('search')
    await page.getByRole('combobox').fill('onerror')
    await page.locator('#results').getByRole('row').first().waitFor()
    await isHarmless('search')
    await page
      .locator('#results')
      .getByRole('row')
      .getByRole('button', { name: /^More/ })
      .first()
      .dispatchEvent('click')
    await page.getByRole('menuitem', { name: 'About this song' }).click()
    await page.getByRole('dialog').getByText(script('composer')).waitFor()
    await isHarmless('about this song')
  }
  await takePictures(page, 'scripts-in-tags')
  owner.isContent()

  async function isHarmless(place: string): Promise<void> {
    const found = await page.evaluate(() => ({
      broken: Object(globalThis)['broken'] as unknown,
      markup: document.querySelectorAll('[onerror], [onload], a[href^="javascript"]').length,
      isWider: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    }))
    assert.deepEqual(found, { broken: undefined, markup: 0, isWider: false }, place)
  }
})
