// What a browser sees at `/` where the page is not built: what this is, how to build it, and how to go on without.
// No script, nothing from elsewhere.

import type { HostRequest, HostResponse, Target } from '../http/http-message.ts'
import { pageHeaders } from './page-headers.ts'

export interface WelcomeFacts {
  readonly libraryName: string
  readonly songCount: number
  readonly version: string
}

/** The page and its style; undefined for every other path. */
export function welcomePage(
  request: HostRequest,
  { path }: Target,
  facts: () => WelcomeFacts,
): HostResponse | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  if (path === '/') return page('text/html; charset=utf-8', htmlOf(facts()))
  if (path === '/welcome.css') return page('text/css; charset=utf-8', style)
  return undefined
}

function page(type: string, text: string): HostResponse {
  return {
    status: 200,
    headers: ['Content-Type', type, 'Cache-Control', 'no-cache', ...pageHeaders],
    body: Buffer.from(text),
    isCompressible: true,
  }
}

function htmlOf({ libraryName, songCount, version }: WelcomeFacts): string {
  const name = escaped(libraryName)
  const songs = songCount === 1 ? '1 song' : `${songCount.toLocaleString('en')} songs`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name} · Tonearm</title>
<link rel="stylesheet" href="/welcome.css">
</head>
<body>
<main>
<h1>${name}</h1>
<p class="lead">A music library with ${songs}, kept by Tonearm. Every remote in the house finds it by itself.</p>
<section>
<h2>The page is not built here</h2>
<p>In the folder of Tonearm, run</p>
<pre><code>npm run build</code></pre>
<p>and load this again. The host need not be started anew.</p>
</section>
<section>
<h2>Add a phone</h2>
<ol>
<li>Open Remote (or another app for iTunes libraries) on the phone and choose <em>Add a library</em>.</li>
<li>It shows four digits. On this computer, type <code>tonearm accept</code> and then the digits.</li>
<li>The library opens on the phone. That is all.</li>
</ol>
</section>
<section>
<h2>Use the command line</h2>
<p>On this computer, nothing has to be paired:</p>
<pre><code>tonearm albums
tonearm search love
tonearm play
tonearm watch</code></pre>
<p>On another one, type <code>tonearm pair</code> first. <code>tonearm --help</code> shows the rest.</p>
</section>
<footer>Tonearm ${escaped(version)}</footer>
</main>
</body>
</html>
`
}

const style = `:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf8, #16161a);
  --ink: light-dark(#1c1b1a, #ecebe8);
  --quiet: light-dark(#6a6762, #9b9993);
  --card: light-dark(#ffffff, #1f1f24);
  --line: light-dark(#e6e2dc, #303038);
  --accent: light-dark(#b4441f, #ff9a6b);
}
* { box-sizing: border-box }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.6 system-ui, sans-serif;
}
main { max-width: 40rem; margin: 0 auto; padding: 4rem 1.25rem 3rem }
h1 { font-size: 2.25rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.02em; overflow-wrap: anywhere }
h2 { font-size: 1.125rem; margin: 0 0 .5rem }
.lead { color: var(--quiet); margin: 0 0 2rem }
section {
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: .75rem;
  padding: 1.25rem 1.5rem;
  margin: 0 0 1rem;
}
section > :last-child { margin-bottom: 0 }
ol { padding-left: 1.25rem; margin: 0 }
li + li { margin-top: .375rem }
p { margin: 0 0 .75rem }
code { font: .9375em ui-monospace, monospace; color: var(--accent) }
pre { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; overflow-x: auto }
footer { color: var(--quiet); font-size: .875rem; margin-top: 2rem }
`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
