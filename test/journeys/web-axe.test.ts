// axe on every page, at the size of a phone and of a desk, in light and in dark: no violation.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { desktop, houseWithRecords, needsBrowser, phone } from './web-house.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Off unless asked for. */
const alsoAsked = 'label-content-name-mismatch'
const places = [
  ...['albums', 'artists', 'songs', 'genres', 'composers', 'recent', 'most-played', 'playlists'],
  ...['playlists/new', 'queue', 'history', 'now', 'settings', 'settings/remotes', 'settings/folders'],
  ...['settings/doctor', 'settings/hosts', 'settings/page', 'settings/about', 'nowhere'],
]

test('axe finds nothing on any page', { timeout: 280_000 }, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t)
  const { page, ...owner } = await house.owner()
  await page.getByRole('link', { name: /^Tidewrack/ }).click()
  await page.getByRole('row', { name: /^Kelp/ }).click()
  await page.getByRole('complementary').getByRole('button', { name: 'Pause' }).waitFor()
  const album = placeOf(page)
  await page.getByRole('main').getByRole('link', { name: 'Marble Harbour' }).click()
  await page.getByRole('heading', { name: 'Marble Harbour' }).waitFor()
  const artist = placeOf(page)
  const found = new Violations()
  await page.evaluate(axe.source) // once: the places below are one load

  for (const [size, { viewport }] of Object.entries({ desktop, phone })) {
    await page.setViewportSize(viewport)
    for (const place of [...places, album, artist]) {
      await owner.goes(place)
      await page.locator('h1').first().waitFor()
      await found.look(page, `${place} ${size}`)
    }
    await owner.goes('search')
    await page.getByRole('combobox').fill('s')
    await page.getByRole('main').getByRole('row').first().waitFor()
    await found.look(page, `search ${size}`)
    await owner.goes('songs')
    await page.getByRole('row', { name: /^Kelp/ }).click({ button: 'right' })
    await page.getByRole('menuitem').first().waitFor()
    await found.look(page, `menu ${size}`)
    await page.keyboard.press('Escape')
    await page.keyboard.press('v')
    await page.getByRole('dialog', { name: 'Speakers' }).waitFor()
    await found.look(page, `speakers ${size}`)
    await page.keyboard.press('Escape')
  }
  const guest = await house.visitor(phone)
  await guest.goes('')
  await guest.page.getByRole('img', { name: /^\d \d \d \d$/ }).waitFor()
  await guest.page.evaluate(axe.source)
  await found.look(guest.page, 'first minute')
  assert.deepEqual(found.list(), [])
  owner.isContent()
})

function placeOf(page: Page): string {
  return new URL(page.url()).hash.replace('#/', '')
}

/** The page has no frames, and its style sheets need not be read again. */
const quick = { resultTypes: ['violations'], preload: false, iframes: false } satisfies axe.RunOptions

/** Each once, with the places where it is. */
class Violations {
  readonly #places = new Map<string, string[]>()

  /** In light by all rules; in dark by that of contrast, which is what the scheme changes. */
  async look(page: Page, where: string): Promise<void> {
    await this.#run(page, `${where} light`, 'light', {
      runOnly: { type: 'tag', values: tags },
      rules: { [alsoAsked]: { enabled: true } },
    })
    await this.#run(page, `${where} dark`, 'dark', {
      runOnly: { type: 'rule', values: ['color-contrast'] },
    })
  }

  async #run(page: Page, where: string, colorScheme: 'light' | 'dark', options: axe.RunOptions) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await page.evaluate(
      (asked) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, asked),
      { ...options, ...quick } satisfies axe.RunOptions,
    )
    for (const { id, nodes } of violations)
      for (const { target, failureSummary } of nodes) {
        const what = `${id}: ${target.join(' ')}: ${failureSummary}`
        this.#places.set(what, [...(this.#places.get(what) ?? []), where])
      }
  }

  list(): string[] {
    return Array.from(this.#places, ([what, where]) => `${what} (${where.join(', ')})`)
  }
}
