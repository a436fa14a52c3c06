// A step of the page's build: what is asked of the host ahead is a script within index.html, so that it runs before
// anything else has come; it reads what the host says of itself, which stands before it. The host names it in its policy (src/host/page/page-headers.ts).

import { join } from 'node:path'
import type { Rolldown } from 'vite'

type Vite = typeof import('vite')

const entry = join(import.meta.dirname, '../../src/web/state/ask-ahead.ts')

/** Filled by the host (src/host/page/page-with-about.ts). */
const about = '<script type="application/json" id="about"></script>'

/** Also: nothing is drawn before the page's own script has run, since there is nothing to see without it. */
export const askAhead = (vite: Vite) => ({
  name: 'ask-ahead',
  transformIndexHtml: {
    order: 'post' as const,
    async handler(html: string): Promise<string> {
      const script = `<script>${await scriptOf(entry, vite)}</script>`
      if (!html.includes(about)) throw new Error(`index.html has no ${about}`)
      return html
        .replace(about, () => `${about}\n    ${script}`)
        .replace('<script type="module"', '$& blocking="render"')
    },
  },
})

async function scriptOf(file: string, { build }: Vite): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: file,
        treeshake: { moduleSideEffects: [{ test: /\/src\/(?:protocol|remote)\//, sideEffects: false }] },
        output: { format: 'iife' },
      },
    },
  })
  const [{ output }] = [built].flat() as [Rolldown.RolldownOutput]
  const { code } = output[0]
  if (code.includes('</script')) throw new Error(`${file} would end its own element`)
  return code.trim()
}
