// Pictures of the page for docs/pictures/web, at both sizes and in both schemes. Only with TONEARM_PICTURES=1: they are in
// the repository, and change when the page does.

import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { desktop, phone } from './web-house.ts'

const folder = resolve(import.meta.dirname, '../../docs/pictures/web')
const sizes = { desktop: desktop.viewport, phone: phone.viewport } as const
const schemes = ['light', 'dark'] as const
const webpQuality = 75

const takesPictures = process.env['TONEARM_PICTURES'] === '1'

/** Whether all covers are there, or still on their way, as on a slow link. */
type Covers = 'there' | 'on their way'

/** NAME-SIZE-SCHEME.webp, four of them; the page is as it was afterwards. */
export async function takePictures(page: Page, name: string, covers: Covers = 'there'): Promise<void> {
  if (!takesPictures) return
  await page.mouse.move(0, 0) // what the pointer is on stays, and looks otherwise
  await page.locator('.toast').waitFor({ state: 'detached' }) // of the story, not of the page
  const before = page.viewportSize()
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await takePicture(page, `${name}-${size}-${colorScheme}`, covers)
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
  if (before) await page.setViewportSize(before)
}

export async function takePicture(page: Page, name: string, covers: Covers = 'there'): Promise<void> {
  if (covers === 'there') await page.waitForFunction(hasCovers)
  await page.waitForFunction(isAtRest)
  mkdirSync(folder, { recursive: true })
  await sharp(await page.screenshot())
    .webp({ quality: webpQuality })
    .toFile(join(folder, `${name}.webp`))
}

function hasCovers(): boolean {
  return Array.from(document.images).every((image) => image.complete)
}

/** What moves has come to rest: a colour that fades, a record that slides. */
function isAtRest(): boolean {
  const moves = document.getAnimations().filter((one) => one.playState === 'running')
  return moves.every((one) => one.effect?.getTiming().iterations === Number.POSITIVE_INFINITY)
}
