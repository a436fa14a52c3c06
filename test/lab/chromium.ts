// A real Chromium on a machine of the lab. There a page comes by address over plain http, as it does at home: on
// 127.0.0.1 the browser would count it as secure, and give it what real visitors lack.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import type { Ending, Machine } from './namespaces.ts'

const program = 'chromium'
/** What `needs` asks for. */
export const browserPrograms = [program]
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
/** The machine may be busy with other tests. */
const startsWithinMs = 120_000

/** Closed when the test ends. `more`: further flags. */
export async function startChromium(
  t: Ending,
  machine: Machine | undefined,
  more: readonly string[] = [],
): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-chromium-'))
  const executablePath = join(folder, program)
  const inside = machine ? `ip netns exec ${machine.space} ` : ''
  writeFileSync(executablePath, `#!/bin/sh\nexec ${inside}${program} "$@"\n`)
  chmodSync(executablePath, 0o755)
  const browser = await chromium.launch({
    executablePath,
    args: [...flags, ...more],
    timeout: startsWithinMs,
  })
  t.after(async () => {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return browser
}
