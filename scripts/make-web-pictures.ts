// Makes the pictures of the page in docs/pictures/web: a real host with drawn covers, in Debian's Chromium; then those
// that the journeys end in. Needs what the journeys need. The result is in the repository; run this when the page looks different.

import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { fillShelf } from '../test/fakes/record-shelf.ts'
import { desktop, phone } from '../test/journeys/web-house.ts'
import { takePicture } from '../test/journeys/web-pictures.ts'
import { startChromium } from '../test/lab/chromium.ts'
import { runProcess, startProcess } from '../test/lab/process.ts'
import { type Picture, pictures } from './page/pictures.ts'
import { shownRecords } from './page/shown-records.ts'

const root = resolve(import.meta.dirname, '..')
const main = join(root, 'src/cli/main.js')
const sizes = { phone: phone.viewport, desktop: desktop.viewport } as const
if (process.argv.includes('--help')) {
  console.log(
    'Usage: node scripts/make-web-pictures.ts [NAME…]\n\nMakes the pictures named, or all and those of the journeys, in docs/pictures/web.',
  )
  process.exit(0)
}
run('scripts/build-page.ts')
const ends: (() => unknown)[] = []
try {
  await makePictures(process.argv.slice(2))
} finally {
  for (const end of ends.toReversed()) await end()
}
if (process.argv.length === 2)
  run('scripts/test.ts', ...globSync('test/journeys/web-*.test.ts', { cwd: root }))

function run(script: string, ...words: readonly string[]): void {
  const env = { ...process.env, TONEARM_PICTURES: '1' }
  const { status } = spawnSync(process.execPath, [script, ...words], { stdio: 'inherit', cwd: root, env })
  if (status !== 0) process.exit(status ?? 1)
}

async function makePictures(names: readonly string[]): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'tonearm-pictures-'))
  ends.push(() => rmSync(scratch, { recursive: true, force: true }))
  await fillShelf(scratch, shownRecords)
  const data = join(scratch, 'data')
  const words = ['--name', 'Attic', '--output', 'null', '--no-announce', '--listen', '127.0.0.1']
  const host = startProcess(process.execPath, [
    main,
    'host',
    join(scratch, 'records'),
    ...words,
    '--port',
    '0',
    '--data',
    data,
    '--json',
  ])
  ends.push(() => host.stop())
  await host.line('"scanned"', 60_000)
  const browser = await startChromium({ after: (end) => ends.push(end) }, undefined)
  const owner = await openAsOwner(browser, data)
  const album = await playSomething(owner)
  for (const picture of pictures)
    if (names.length === 0 || names.includes(picture.name)) await take(browser, owner, picture, album)
}

async function openAsOwner(browser: Browser, data: string): Promise<Page> {
  const { url } = JSON.parse(
    await runProcess(process.execPath, [main, 'open', '--data', data, '--json']),
  ) as { url: string }
  const page = await browser.newPage({ locale: 'en-GB', viewport: sizes.desktop, reducedMotion: 'reduce' })
  await page.goto(url)
  await page.getByRole('link', { name: /^Tidewrack/ }).waitFor()
  return page
}

/** Where in the page its album is. */
async function playSomething(page: Page): Promise<string> {
  await page.getByRole('link', { name: /^Tidewrack/ }).click()
  await page.getByRole('row', { name: /^Kelp/ }).click()
  const deck = page.getByRole('complementary')
  await deck.getByRole('link', { name: 'Kelp' }).waitFor()
  await deck.getByRole('radio', { name: '4 stars' }).click()
  await deck.getByRole('slider', { name: 'Position' }).press('PageUp')
  await deck.getByRole('slider', { name: 'Position' }).press('PageUp')
  await page.mouse.move(0, 0)
  await page.locator('.toast').waitFor({ state: 'detached' })
  return new URL(page.url()).hash
}

async function take(
  browser: Browser,
  owner: Page,
  { name, size, scheme, place, before }: Picture,
  album: string,
): Promise<void> {
  const isOutside = place === 'outside'
  const origin = new URL(owner.url()).origin
  const page = isOutside ? await browser.newPage({ locale: 'en-GB', reducedMotion: 'reduce' }) : owner
  await page.setViewportSize(sizes[size])
  await page.emulateMedia({ colorScheme: scheme })
  await page.goto(`${origin}/${place === 'album' ? album : `#/${isOutside ? '' : place}`}`)
  await page.locator('h1').first().waitFor()
  await before?.(page)
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  await takePicture(page, name)
  console.log(name)
  if (isOutside) await page.close()
}
