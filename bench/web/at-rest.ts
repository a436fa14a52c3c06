// A new window of Chromium has pages of its own to draw, for a second or two; what one opened before goes on with covers.
// By processor time, so that it does not matter what else the machine does.

import { setTimeout } from 'node:timers/promises'
import type { Browser } from 'playwright-core'

const lookMs = 250
/** Of processor time between two looks, all processes together. */
const restMs = 4
const patienceMs = 20_000

/** Resolves when the browser has nothing to do, or never has. */
export async function atRest(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession()
  const until = performance.now() + patienceMs
  try {
    for (let before = Number.NEGATIVE_INFINITY; performance.now() < until; ) {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo')
      const usedMs = processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0) * 1000
      if (Math.abs(usedMs - before) < restMs) return
      before = usedMs
      await setTimeout(lookMs)
    }
  } finally {
    await session.detach()
  }
}
