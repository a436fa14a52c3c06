// How long it takes from opening the page to the first list, in a browser that does nothing else.

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Ceiling } from '../ceiling.ts'
import { atRest } from './at-rest.ts'
import { asPlainPage, tellFirstList } from './in-page.ts'

export interface Opens {
  readonly browser: Browser
  readonly address: string
  readonly ceiling: Ceiling
  /** With the key in it. */
  readonly options: BrowserContextOptions
  add(column: 'first' | 'again' | 'ceiling', ms: number): void
}

const rounds = 5

/**
 * Each round is a new window, which has nothing but its key: the page for the first time, and once more. Then another
 * window, in which what the page has shown comes as one plain file: nothing that must be asked for can be quicker.
 */
export async function measureOpens({ browser, address, ceiling, options, add }: Opens): Promise<void> {
  let plain: string | undefined
  for (let round = 0; round < rounds; round += 1) {
    const page = await newWindow(browser, options)
    add('first', await firstListMs(browser, page, address))
    plain ??= ceiling.learn('first-list.html', new TextEncoder().encode(await page.evaluate(asPlainPage)))
    add('again', await firstListMs(browser, page, address))
    await page.context().close()
    const other = await newWindow(browser, options)
    const ceilingUrl = `http://127.0.0.1:${ceiling.port}${plain}`
    add('ceiling', await firstListMs(browser, other, ceilingUrl))
    await other.context().close()
  }
}

async function newWindow(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  await context.addInitScript(tellFirstList)
  return context.newPage()
}

async function firstListMs(browser: Browser, page: Page, url: string): Promise<number> {
  await page.goto('about:blank')
  await atRest(browser)
  const [told] = await Promise.all([
    page.waitForEvent('console', (message) => message.text().startsWith('first list')),
    page.goto(url, { waitUntil: 'commit' }),
  ])
  return Number(told.text().split(' ').at(-1))
}
