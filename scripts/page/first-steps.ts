// A step of the page's build: what is asked of the host ahead is a script of its own, small enough to run before the rest
// of the page is here.

export const firstStepsName = 'asked-ahead'

/** src/web/state/asked-ahead.ts, and what it needs. */
const parts =
  /src\/(?:remote\/talk\/remote-headers|web\/state\/(?:asked-ahead|first-questions|kept|keys-kept))\.ts$/

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
