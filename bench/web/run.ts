// npm run bench -- web: the page in Chromium, on loopback, at a library of any size. One host, one browser; each number
// is taken in the page itself, where a person would see it.

import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startChromium } from '../../test/lab/chromium.ts'
import { type BenchOrder, type BenchResult, benchOf, type Frame } from '../frame.ts'
import { type RunningHost, startHost } from '../host.ts'
import { atRest } from './at-rest.ts'
import { firstLoadKilobytes } from './first-load.ts'
import { type Frames, frameCategories, framesIn } from './frames.ts'
import {
  outcome,
  plainRows,
  waitForChange,
  waitForShown,
  waitForTap,
  watchFrames,
  worstFrameMs,
} from './in-page.ts'
import { measureOpens } from './open.ts'
import { type Group, rows as rowTable } from './row-table.ts'

const pageFolder = join(import.meta.dirname, '../../dist/web')
const taps = 20
const scrolls = 3
const scrollPx = 30_000
/** As a quick finger does. */
const scrollPxPerSecond = 6000
const typed = ['ma', 'st', 'a', 'e', 'be', 'n']
const desktop = { width: 1440, height: 900 }

export function benchWeb(order: BenchOrder<Group>): Promise<BenchResult> {
  return benchOf(order, rowTable, async (frame) => {
    const ends: (() => unknown)[] = []
    try {
      const host = await startHost({ folders: [frame.folder], data: frame.data })
      ends.push(() => host.stop())
      await host.scanned(frame.scanDeadlineMs)
      const browser = await startChromium({ after: (end) => ends.push(end) }, undefined)
      await new Run(frame, host, browser).all()
    } finally {
      for (const end of ends.toReversed()) await end()
    }
  })
}

class Run {
  readonly #frame: Frame<Group>
  readonly #browser: Browser
  readonly #host: RunningHost
  readonly #address: string

  constructor(frame: Frame<Group>, host: RunningHost, browser: Browser) {
    this.#frame = frame
    this.#browser = browser
    this.#host = host
    this.#address = `http://127.0.0.1:${host.port}`
  }

  async all(): Promise<void> {
    const context = await this.#browser.newContext({ viewport: desktop, locale: 'en-GB' })
    const page = await this.#owner(context)
    await this.#frame.attemptGroup('size', () => this.#sizes())
    await this.#frame.attemptGroup('open', () => this.#opens(context))
    await this.#frame.attemptGroup('search', () => this.#search(page))
    await this.#frame.attemptGroup('tap', () => this.#taps(context, page))
    await this.#frame.attemptGroup('scroll', () => this.#scrolls(page))
    await this.#frame.attemptGroup('memory', () => this.#memory(page))
  }

  async #owner(context: BrowserContext): Promise<Page> {
    const response = await fetch(`${this.#address}/api/owner/links`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.#host.ownerToken}` },
    })
    const { code } = (await response.json()) as { code: string }
    const page = await context.newPage()
    await page.goto(`${this.#address}/#owner=${code}`)
    await page.locator('.card a').first().waitFor()
    return page
  }

  #sizes(): void {
    const { script, style } = firstLoadKilobytes(pageFolder)
    this.#frame.rows.add('script-size', 'again', script)
    this.#frame.rows.add('style-size', 'again', style)
  }

  async #opens(context: BrowserContext): Promise<void> {
    const state = await context.storageState()
    await measureOpens({
      browser: this.#browser,
      address: this.#address,
      ceiling: this.#frame.ceiling,
      options: { viewport: desktop, locale: 'en-GB', storageState: state },
      add: (column, ms) => this.#frame.rows.add('first-list', column, ms),
    })
  }

  async #search(page: Page): Promise<void> {
    await page.goto(`${this.#address}/#/search`)
    const field = page.getByRole('combobox')
    for (const text of typed) {
      await field.fill('')
      await page.locator('.results').waitFor({ state: 'detached' })
      for (const key of text) {
        await atRest(this.#browser) // nobody types while covers of the letter before are being drawn
        await page.evaluate(waitForShown, { event: 'input', within: '.row-title' })
        await page.keyboard.press(key)
        const ms = await page.evaluate(outcome, 'taken')
        if (ms !== undefined) this.#frame.rows.add('search-key', 'again', ms)
      }
    }
  }

  async #taps(context: BrowserContext, page: Page): Promise<void> {
    // In a window of its own: a tab that is covered draws nothing.
    const state = await context.storageState()
    const beside = await this.#browser.newContext({ viewport: desktop, locale: 'en-GB', storageState: state })
    const other = await beside.newPage()
    await other.goto(`${this.#address}/#/albums`)
    await page.goto(`${this.#address}/#/albums`)
    const tile = page.locator('.card').first()
    await tile.hover()
    await tile.locator('.card-play').click()
    await page.locator('.deck').getByRole('button', { name: 'Pause' }).waitFor()
    // The songs are a second long: without it the album ends before the last tap.
    const noRepeat = page.locator('.deck').getByRole('button', { name: 'Repeat: off' })
    if ((await noRepeat.count()) > 0) await noRepeat.click()
    for (let tap = 0; tap < taps; tap += 1) {
      const name = tap % 2 === 0 ? 'Pause' : 'Play'
      const button = page.locator('.deck').getByRole('button', { name, exact: true })
      await other.locator('.deck').getByRole('button', { name, exact: true }).waitFor()
      await page.evaluate(waitForTap, 'click')
      await page.evaluate(waitForShown, { event: 'click', within: '.transport' })
      await other.evaluate(waitForChange, '.transport')
      await button.click()
      const shown = await page.evaluate(outcome, 'taken')
      const [tapped, seen] = [
        await page.evaluate(outcome, 'tapped'),
        await other.evaluate(outcome, 'changed'),
      ]
      if (shown !== undefined) this.#frame.rows.add('tap-shown', 'again', shown)
      if (tapped !== undefined && seen !== undefined) this.#frame.rows.add('tap-seen', 'again', seen - tapped)
    }
    await beside.close()
  }

  /** In turn with the ceiling, so that whatever else the machine does falls on both. */
  async #scrolls(page: Page): Promise<void> {
    await page.goto(`${this.#address}/#/songs`)
    await page.locator('.row-title').first().waitFor()
    // The trace has the frames of both pages: what plays is drawn in ours also while the other one scrolls.
    const pause = page.locator('.deck').getByRole('button', { name: 'Pause', exact: true })
    if ((await pause.count()) > 0) await pause.click()
    const context = await this.#browser.newContext({ viewport: desktop })
    const plain = await context.newPage()
    await plain.evaluate(plainRows, { rowPx: 48, count: this.#frame.tracks })
    for (let scroll = 0; scroll < scrolls; scroll += 1) {
      await this.#scroll(plain, 'ceiling')
      const { worstAtMs } = await this.#scroll(page, 'again')
      this.#frame.rows.note('scroll-worst', `the last of them ${Math.round(worstAtMs)} ms after the start`)
    }
    await context.close()
  }

  async #scroll(page: Page, column: 'again' | 'ceiling'): Promise<Frames> {
    const session = await page.context().newCDPSession(page)
    await page.evaluate(watchFrames)
    await this.#browser.startTracing(page, { categories: frameCategories })
    const gesture = { x: 700, y: 500, yDistance: -scrollPx, speed: scrollPxPerSecond } as const
    await session.send('Input.synthesizeScrollGesture', gesture)
    const lateMs = await page.evaluate(worstFrameMs)
    const frames = framesIn(String(await this.#browser.stopTracing()), (scrollPx / scrollPxPerSecond) * 1000)
    this.#frame.rows.add('scroll-frames', column, frames.perSecond)
    this.#frame.rows.add('scroll-worst', column, frames.worstMs)
    this.#frame.rows.add('scroll-rows', column, lateMs)
    await session.detach()
    return frames
  }

  async #memory(page: Page): Promise<void> {
    const session = await page.context().newCDPSession(page)
    await session.send('HeapProfiler.collectGarbage')
    await session.send('Performance.enable')
    const { metrics } = await session.send('Performance.getMetrics')
    const used = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
    this.#frame.rows.add('page-memory', 'again', used / 1e6)
  }
}
