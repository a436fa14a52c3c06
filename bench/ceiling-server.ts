// The ceiling: what was answered before, finished and in memory, sent by an HTTP server set up as the host's
// (src/host/http/http-server.ts). Nothing that works for its answers can be faster. Run by ceiling.ts.

import { existsSync, readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const folder = process.argv[2] ?? ''
const answers = new Map<string, Buffer>()
/** Whoever asked for `held/NAME` and waits for `tell`. */
let held: { readonly name: string; readonly response: ServerResponse }[] = []
const server = createServer(
  { keepAlive: true, optimizeEmptyRequests: true, requireHostHeader: false, keepAliveTimeout: 300_000 },
  ({ url }, response) => {
    const name = (url ?? '/').slice(1)
    if (name.startsWith('held/')) held.push({ name: name.slice(5), response })
    else if (name === 'tell') {
      response.writeHead(204).end()
      const told = held
      held = []
      for (const waiting of told) answer(waiting.response, waiting.name)
    } else answer(response, name)
  },
)

function answer(response: ServerResponse, name: string): void {
  const file = join(folder, name)
  if (!answers.has(name) && !existsSync(file)) return void response.writeHead(404).end() // a browser's wish for an icon
  const bytes = answers.get(name) ?? readFileSync(file)
  answers.set(name, bytes)
  response.writeHead(200, [
    'Content-Type',
    name.endsWith('.html') ? 'text/html; charset=utf-8' : 'application/x-dmap-tagged',
    'Content-Length',
    String(bytes.length),
  ])
  response.end(bytes)
}

process.on('SIGTERM', () => process.exit(0))
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }))
})
