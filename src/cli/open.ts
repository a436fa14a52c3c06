// `tonearm open`: a link that makes whoever opens it first the owner, for ten minutes.

import { spawn } from 'node:child_process'
import { doing, newCommand } from './command.ts'
import { jsonLine, line } from './output.ts'
import { dataDirectory, withOwnHost } from './own-host.ts'

export const openCommand = doing<{ browser: boolean }>(
  newCommand({
    name: 'open',
    says: 'Make a one-time owner link to the page, and open it on a desktop.',
    example: 'open',
    isData: true,
  }).option('--no-browser', 'only print it'),
  async ({ options, signal }) => {
    const { url, expiresAt } = await withOwnHost(dataDirectory(options.data), signal, (host) =>
      host.makeOwnerLink({ signal }),
    )
    if (options.json) return jsonLine({ url, expiresAt })
    line(url)
    if (options.browser && process.stdout.isTTY) openInBrowser(url)
  },
)

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [program: string, ...words: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
}

/** Where there is a desktop; the link is printed anyway, so a failure is nobody's loss. */
function openInBrowser(url: string): void {
  const hasDesktop =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
  const opener = openers[process.platform]
  if (!hasDesktop || !opener) return
  const [program, ...words] = opener
  const browser = spawn(program, [...words, url], { detached: true, stdio: 'ignore' })
  browser.on('error', () => {})
  browser.unref()
}
