// npm run build:page: the remote as a page, in dist/web (or --out FOLDER), each file also compressed.
// Also what `npm ci` runs (--if-possible): where only what runs is installed there is no bundler, and that is no fault.

import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { askAhead } from './page/ask-ahead.ts'
import { withoutPreloads } from './page/without-preloads.ts'
import { withoutWordsOfTables } from './page/without-words.ts'

/** Loaded when they are wanted, with what only they use. */
const laterParts = new RegExp(
  [
    'remote/(?:pairing/ask-to-pair|watch/watch-polls|screen/screen(?:-keys)?)\\.ts',
    'protocol/dmap/encode',
    'web/app/(?:second-frame|deck|bottom-deck|mini-player|player-parts|resting-arm|up-next|selection-bar|told)',
    'web/model/(?:position|current-line|follows-on)',
    'web/views/(?!albums|empty-library|not-found|revoked)',
    'web/model/(?:tint|oklch|album-facts|newest-albums|best-match|smart)',
    'web/messages/(?!en\\.|index)',
    'web/state/(?:digits|own-name|search|rules|listening|appearances|shared-socket)',
    'web/parts/(?:item-menu|dialog|song-|bands|groove|fader|stars|tinted|next-row|sleeve|artist-list|list-head|scan-card|queue-row|use-reorder|use-results|use-swipe|search-results|fan|row-fan|letter-head|copy-text|folder-|lyrics-|rule-|rules-|pin-card|switch|listen-|qr|time-words)',
  ].join('|'),
)

/** Of script at first load, gzip: a phone on a slow link waits for all of it. */
const mostKilobytes = 60

const root = resolve(import.meta.dirname, '..')
const { values } = parseArgs({
  options: { out: { type: 'string' }, 'if-possible': { type: 'boolean' }, help: { type: 'boolean' } },
})
if (values.help) {
  console.log(
    'Usage: npm run build:page [-- --out FOLDER]\n\nBuilds the page into FOLDER (default: dist/web).',
  )
  process.exit(0)
}
const vite = await import('vite').catch((error: unknown) => {
  if (!values['if-possible']) throw error
  console.log('build-page: vite is not installed, so the page is left out')
})
if (vite) await buildPage(vite, resolve(values.out ?? join(root, 'dist/web')))

async function buildPage(vite: typeof import('vite'), outDir: string): Promise<void> {
  // Not by vite's own emptying: a host that serves the page meanwhile should miss it as shortly as can be.
  await vite.build({
    configFile: false,
    root: join(root, 'src/web'),
    logLevel: 'warn',
    plugins: [withoutWordsOfTables, withoutPreloads, askAhead(vite)],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false, // page/without-preloads.ts
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      rolldownOptions: {
        treeshake: { moduleSideEffects: [{ test: /\/src\/(?:protocol|remote)\//, sideEffects: false }] },
        output: {
          codeSplitting: {
            groups: [{ name: 'first', test: isOfFirstLoad }],
          },
        },
      },
    },
  })
  for (const file of globSync('**/*.{html,js,css,svg,json,webmanifest}', { cwd: outDir }))
    compress(join(outDir, file))
  rmSync(join(outDir, '.vite'), { recursive: true, force: true })
  const firstLoad = firstLoadKilobytes(outDir)
  console.log(`build-page: in ${outDir}, ${firstLoad} KB of script at first load (gzip)`)
  if (firstLoad <= mostKilobytes) return
  console.error(
    `build-page: more than ${mostKilobytes} KB; what is not seen at first belongs into laterParts`,
  )
  if (!values['if-possible']) process.exitCode = 1
}

/** One file compresses better than the many that sharing between views would make of it. */
function isOfFirstLoad(file: string): boolean {
  const isOfPage = /node_modules\/(?:preact|@preact)\/|\/src\/(?:remote|protocol|web)\/|\/src\/\w+\.ts$/.test(
    file,
  )
  return isOfPage && !laterParts.test(file)
}

function compress(file: string): void {
  const bytes = readFileSync(file)
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
}

/** What index.html names as script or preload, and what it has within. */
function firstLoadKilobytes(outDir: string): number {
  const html = readFileSync(join(outDir, 'index.html'), 'utf8')
  const names = Array.from(html.matchAll(/(?:src|href)="\/([^"]+\.js)"/g), ([, name = '']) => name)
  const within = Array.from(html.matchAll(/<script>(.*?)<\/script>/gs), ([, script = '']) => gzipSync(script))
  const files = [...names.map((name) => readFileSync(join(outDir, `${name}.gz`))), ...within]
  const bytes = files.reduce((sum, { length }) => sum + length, 0)
  return Math.round(bytes / 102.4) / 10
}
