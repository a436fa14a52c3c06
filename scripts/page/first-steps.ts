// A step of the page's build: what asks the host for the first list is a script of its own, which runs as soon as it is
// there and not when all of the page is.

export const firstStepsName = 'first-steps'

/** What src/web/state/first-steps.ts is made of. */
const parts = new RegExp(
  [
    'node_modules/(?:preact|@preact)/',
    'src/(?:clock|errors)\\.ts$',
    'src/protocol/(?!dmap/encode)',
    'src/remote/(?!pairing/|watch/watch-polls|screen/screen(?:-keys)?\\.ts)',
    'src/web/state/(?:first-steps|first-list|album-order|door|kept|lists|paged-list|route)\\.ts$',
  ].join('|'),
)

export function isOfFirstSteps(file: string): boolean {
  return parts.test(file)
}

const announced = new RegExp(
  `\\s*<link rel="modulepreload" crossorigin href="([^"]*/${firstStepsName}-[^"]+)">`,
)

/** Named before everything else, and run when it is there. */
export const firstStepsAtOnce = {
  name: 'first-steps-at-once',
  transformIndexHtml: {
    order: 'post',
    handler(html: string): string {
      const file = announced.exec(html)?.[1]
      if (file === undefined) throw new Error(`the page does not load ${firstStepsName}`)
      const script = `<script type="module" async fetchpriority="high" crossorigin src="${file}"></script>`
      return html.replace(announced, '').replace('<head>', `<head>\n    ${script}`)
    },
  },
} as const
