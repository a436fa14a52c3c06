// What a browser must read before the page begins: the files that index.html names, as they go over the wire, and the
// script within it.

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const kilobyte = 1000

/** Kilobytes in gzip. Fails when the page is not built. */
export function firstLoadKilobytes(pageFolder: string): { script: number; style: number } {
  const html = readFileSync(join(pageFolder, 'index.html'), 'utf8')
  const sum = (ending: string) => {
    const paths = new Set(
      Array.from(html.matchAll(/(?:src|href)="([^"]+)"/g), ([, path = '']) => path).filter((path) =>
        path.endsWith(ending),
      ),
    )
    const bytes = Array.from(paths, (path) => statSync(join(pageFolder, `${path}.gz`)).size)
    return bytes.reduce((all, one) => all + one, 0) / kilobyte
  }
  const within = Array.from(html.matchAll(/<script>(.*?)<\/script>/gs), ([, script = '']) => script).join('')
  return { script: sum('.js') + gzipSync(within).length / kilobyte, style: sum('.css') }
}
