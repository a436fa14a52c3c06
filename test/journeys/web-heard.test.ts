// Listening in the browser: what the host plays is heard in the page, as the tone that the songs are, and by any other
// player at the address that the page shows.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toneHz } from '../fakes/record-shelf.ts'
import { houseWithRecords, needsBrowser } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

/** Neighbouring steps of the analyser: 44,100 / 8,192 Hz each. */
const toleranceHz = 12

test('this browser is a speaker: it sounds, has a volume of its own, and is switched off', {
  timeout: 240_000,
}, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t, { flags: ['--autoplay-policy=no-user-gesture-required'] })
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
  const here = sheet.getByRole('checkbox', { name: /^This browser/ })
  await here.check({ force: true })
  await sheet.getByText('Plays here').waitFor()
  const loudestHz = await page.evaluate(analyse)
  assert.ok(Math.abs(loudestHz - toneHz) <= toleranceHz, `${loudestHz} Hz`)

  await sheet.getByRole('slider', { name: 'Volume of This browser' }).waitFor()
  await takePictures(page, 'listen-here')
  await here.uncheck({ force: true })
  await sheet.getByText('Listen here').waitFor()
  isContent()
})

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
