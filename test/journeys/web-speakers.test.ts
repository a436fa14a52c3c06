// Several speakers: each on or off with a volume of its own, all in proportion to the master, and one that goes away. The
// browser is one of them: what the host plays is heard in the page, as the tone that the songs are.

import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { toneHz } from '../fakes/record-shelf.ts'
import { eventually } from '../lab/eventually.ts'
import { type House, houseWithRecords, needsBrowser, shelf } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

/** Neighbouring steps of the analyser: 44,100 / 8,192 Hz each. */
const toleranceHz = 12

test('speakers have volumes of their own, one is lost and comes back, and the browser is one too', {
  timeout: 240_000,
}, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t, {
    flags: ['--autoplay-policy=no-user-gesture-required'],
    outputs: ['null', `wav:${join(shelf, 'Kitchen.wav')}`],
  })
  // The page keeps its element to itself.
  const { page, isContent } = await house.owner({ expected: /AudioContext/ })
  await page.addInitScript(() => {
    const Made = globalThis.Audio
    globalThis.Audio = class extends Made {
      constructor() {
        super()
        Object.assign(globalThis, { heard: this })
      }
    }
  })
  await page.reload()
  const deck = page.getByRole('complementary', { name: 'Now playing' })
  await page.getByRole('link', { name: /^Tidewrack/ }).click()
  await page.getByRole('row', { name: /^Stairwell/ }).click()
  await deck.getByRole('link', { name: 'Stairwell' }).waitFor()
  await page.keyboard.press('v')
  const sheet = page.getByRole('dialog', { name: 'Speakers' })

  await t.test('each has its volume, and the master keeps their proportion', () => volumes(house, sheet))
  await t.test('one that is lost says so, and the others play on', () => lostAndFound(house, page, sheet))
  await t.test('this browser sounds, has a volume of its own, and is switched off', () => here(page, sheet))
  isContent()
})

async function volumes({ attic }: House, sheet: Locator): Promise<void> {
  const set = async (name: string, ...keys: string[]) => {
    for (const key of keys) await sheet.getByRole('slider', { name, exact: true }).press(key)
  }
  const are = (...percents: number[]) =>
    eventually(`volumes ${percents}`, async () => {
      const speakers = await attic.json<{ volumePercent: number }[]>('speakers')
      const shown = await sheet
        .getByRole('slider')
        .evaluateAll((sliders) => sliders.map((slider) => Number(slider.getAttribute('aria-valuenow'))))
      const said = speakers.map(({ volumePercent }) => volumePercent)
      return said.join() === percents.slice(1).join() && shown.join() === percents.join()
    })
  await set('Volume of Nowhere', 'Home', ...Array<string>(8).fill('PageUp'))
  await set('Volume of File Kitchen.wav', 'Home', ...Array<string>(4).fill('PageUp'))
  await are(80, 80, 40)
  await set('Volume', 'PageDown', 'PageDown', 'PageDown', 'PageDown')
  await are(40, 40, 20)
}

async function lostAndFound({ folder, attic }: House, page: Page, sheet: Locator): Promise<void> {
  const kitchen = sheet.getByRole('listitem').filter({ hasText: 'Kitchen.wav' })
  rmSync(join(folder, 'Kitchen.wav'))
  await kitchen.and(page.locator('.troubled')).waitFor()
  await takePictures(page, 'speaker-lost')
  assert.equal((await attic.json<{ state: string }>('status')).state, 'playing')

  await kitchen.getByRole('checkbox').uncheck({ force: true })
  await kitchen.getByText('Off').waitFor()
  await kitchen.getByRole('checkbox').check({ force: true })
  await kitchen.getByText('In time').waitFor()
  await sheet.getByRole('listitem').filter({ hasText: 'Nowhere' }).getByText('In time').waitFor()
  await takePictures(page, 'speakers')
}

async function here(page: Page, sheet: Locator): Promise<void> {
  const box = sheet.getByRole('checkbox', { name: /^This browser/ })
  await box.check({ force: true })
  await sheet.getByText('Plays here').waitFor()
  const loudestHz = await page.evaluate(analyse)
  assert.ok(Math.abs(loudestHz - toneHz) <= toleranceHz, `${loudestHz} Hz`)
  await sheet.getByRole('slider', { name: 'Volume of This browser' }).waitFor()
  await takePictures(page, 'listen-here')
  await box.uncheck({ force: true })
  await sheet.getByText('Listen here').waitFor()
}

/** In the page: where the spectrum of its sound is highest, once there is any. */
async function analyse(): Promise<number> {
  const { heard } = globalThis as unknown as { heard: HTMLAudioElement }
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 8192 })
  context.createMediaElementSource(heard).connect(analyser).connect(context.destination)
  await context.resume()
  const levels = new Float32Array(analyser.frequencyBinCount)
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    analyser.getFloatFrequencyData(levels)
    const loudest = Math.max(...levels)
    if (loudest > -60) return (levels.indexOf(loudest) * context.sampleRate) / analyser.fftSize
  }
}
