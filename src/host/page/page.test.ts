// The page as a browser gets it from a host.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { startHost } from '../../../test/fakes/host.ts'

const index = '<!doctype html><title>Tonearm</title><script type="module" src="/assets/app-1.js"></script>'
const script = 'document.title = "Tonearm"\n'.repeat(100)

function builtPage(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-page-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), index)
  writeFileSync(join(folder, 'assets/app-1.js'), script)
  writeFileSync(join(folder, 'assets/app-1.js.gz'), gzipSync(script))
  writeFileSync(join(folder, 'assets/app-1.js.br'), brotliCompressSync(script))
  writeFileSync(join(folder, 'manifest.webmanifest'), '{}')
  writeFileSync(join(folder, 'secrets.db'), 'not of the page')
  return folder
}

test('the page, its script and its manifest come as what they are', async (t) => {
  const { get } = await startHost(t, { page: builtPage(t) })

  const types = await Promise.all(
    ['/', '/assets/app-1.js', '/manifest.webmanifest'].map(async (path) =>
      (await get(path)).headers.get('content-type'),
    ),
  )

  assert.equal(await (await get('/')).text(), index)
  assert.deepEqual(types, [
    'text/html; charset=utf-8',
    'text/javascript; charset=utf-8',
    'application/manifest+json',
  ])
})

test('what never changes is kept for good, and the page itself is asked for each time', async (t) => {
  const { get } = await startHost(t, { page: builtPage(t) })

  const page = await get('/')
  const again = await get('/', { headers: { 'if-none-match': page.headers.get('etag') ?? '' } })
  const asset = await get('/assets/app-1.js')

  assert.equal(page.headers.get('cache-control'), 'no-cache')
  assert.equal(again.status, 304)
  assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable')
})

test('it is sent as the browser can unpack it', async (t) => {
  const { get } = await startHost(t, { page: builtPage(t) })
  const sentAs = async (accepted: string) => {
    const answer = await get('/assets/app-1.js', { headers: { 'accept-encoding': accepted } })
    assert.equal(await answer.text(), script)
    return answer.headers.get('content-encoding')
  }

  assert.equal(await sentAs('gzip, deflate, br'), 'br')
  assert.equal(await sentAs('gzip, deflate'), 'gzip')
  assert.equal(await sentAs('gzip;q=0, br; q=0'), null)
  assert.equal(await sentAs('identity'), null)
})

test('a place within the page loads the page; a file that is not there does not', async (t) => {
  const { get } = await startHost(t, { page: builtPage(t) })
  const people = { headers: { accept: 'text/html,application/xhtml+xml' } }

  assert.equal(await (await get('/albums/5', people)).text(), index)
  assert.equal((await get('/albums/5')).status, 400)
  assert.equal((await get('/assets/old-0.js', people)).status, 400)
  assert.equal((await get('/server-info', people)).headers.get('content-type'), 'application/x-dmap-tagged')
})

test('no path leads out of it', async (t) => {
  const { raw } = await startHost(t, { page: builtPage(t) })
  const paths = [
    ...['/../package.json', '/assets/../../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd'],
    ...['/assets/..%2f..%2fsecrets.db', '/secrets.db', '/assets', '/assets/', '/.', '/index.html/'],
  ]

  for (const path of paths) {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    assert.match(answer, /^HTTP\/1\.1 400 /, path)
  }
})

test('no script but its own runs, nobody frames it, nothing is sent elsewhere', async (t) => {
  const { get } = await startHost(t, { page: builtPage(t) })

  const { headers } = await get('/')
  const policy = new Map(
    (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
      const [name = '', ...sources] = rule.split(' ')
      return [name, sources.join(' ')]
    }),
  )

  assert.equal(policy.get('default-src'), "'none'")
  assert.equal(policy.get('script-src'), "'self'")
  assert.equal(policy.get('style-src'), "'self'")
  assert.equal(policy.get('connect-src'), "'self'")
  assert.equal(policy.get('frame-ancestors'), "'none'")
  assert.equal(policy.get('form-action'), "'none'")
  assert.equal(policy.get('base-uri'), "'none'")
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.equal(headers.get('referrer-policy'), 'no-referrer')
})

test('of scripts within the page only the one that was built into it runs', async (t) => {
  const folder = builtPage(t)
  const { get } = await startHost(t, { page: folder })
  const first = 'fetch("/server-info")'
  writeFileSync(join(folder, 'index.html'), `<!doctype html><script>${first}</script>${index}`)

  const policy = (await get('/')).headers.get('content-security-policy') ?? ''
  const policyOfScript = (await get('/assets/app-1.js')).headers.get('content-security-policy') ?? ''

  const hash = createHash('sha256').update(first).digest('base64')
  assert.ok(policy.includes(`script-src 'self' 'sha256-${hash}';`))
  assert.doesNotMatch(policy, /unsafe/)
  assert.match(policyOfScript, /script-src 'self';/)
})

test('under a name that is not ours there is no page: a stranger may have made it lead here', async (t) => {
  const { raw } = await startHost(t, { page: builtPage(t) })

  const answer = await raw('GET / HTTP/1.1\r\nHost: rebound.example.com\r\n\r\n')

  assert.match(answer, /^HTTP\/1\.1 421 /)
  assert.doesNotMatch(answer, /<title>/)
})

test('a page that is built anew is served at once; one that is taken away is missed with words', async (t) => {
  const folder = builtPage(t)
  const { get } = await startHost(t, { page: folder })
  await get('/')

  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Newer</title>')
  utimesSync(join(folder, 'index.html'), 1, 1)
  const newer = await (await get('/')).text()
  rmSync(join(folder, 'index.html'))
  const gone = await (await get('/')).text()

  assert.match(newer, /Newer/)
  assert.match(gone, /npm run build/)
})

test('what the host is lies within the page, also when its name has markup in it, and is not kept when it changes', async (t) => {
  const folder = builtPage(t)
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><script type="application/json" id="about"></script><title>Tonearm</title>',
  )
  const name = 'Rock & $1 </script><b>Roll</b>'
  const { get, host } = await startHost(t, { page: folder, name })
  const other = await startHost(t, { page: folder, name: 'Another' })

  const page = await get('/')
  const html = await page.text()
  const within = /<script type="application\/json" id="about">(.*?)<\/script>(.*)/s.exec(html)
  const told = await (await get('/api/about')).text()

  assert.deepEqual(JSON.parse(within?.[1] ?? ''), JSON.parse(told))
  assert.equal(JSON.parse(told).name, name)
  assert.equal(JSON.parse(told).port, host.port)
  assert.equal(within?.[2], '<title>Tonearm</title>')
  const answer = await other.get('/', { headers: { 'if-none-match': page.headers.get('etag') ?? '' } })
  assert.equal(answer.status, 200)
})
