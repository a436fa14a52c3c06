// `tonearm open`: a link that makes whoever opens it first the owner, for ten minutes.

import { spawn } from 'node:child_process'
import { doing, newCommand } from '../command.ts'
import { dataDirectory, withOwnHost } from '../host/own-host.ts'
import { jsonLine, line } from '../terminal/output.ts'
import { qrLines } from '../terminal/qr-code.ts'

export const openCommand = doing<{ browser: boolean }>(
  newCommand({
    name: 'open',
    says: 'Make a one-time owner link to the page, and open it on a desktop; elsewhere a phone can scan it.',
    example: 'open',
    isData: true,
  }).option('--no-browser', 'only print it'),
  async ({ options, signal }) => {
    const { url, expiresAt } = await withOwnHost(dataDirectory(options.data), signal, (host) =>
      host.makeOwnerLink({ signal }),
    )
    if (options.json) return jsonLine({ url, expiresAt })
    line(url)
    if (!process.stdout.isTTY || (options.browser && openInBrowser(url))) return
    line('Whoever opens it first, within ten minutes, is the owner. On a phone, scan it:')
    for (const row of qrLines(url, process.stdout)) line(`  ${row}`)
  },
)

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [program: string, ...words: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
}

/** Where there is a desktop, else false; the link is printed anyway, so a failure is nobody's loss. */
function openInBrowser(url: string): boolean {
  const hasDesktop =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
  const opener = openers[process.platform]
  if (!hasDesktop || !opener) return false
  const [program, ...words] = opener
  const browser = spawn(program, [...words, url], { detached: true, stdio: 'ignore' })
  browser.on('error', () => {})
  browser.unref()
  return true
}
