// The ceiling: what was answered before, finished and in memory, sent by an HTTP server set up as the host's
// (src/host/http/http-server.ts). Nothing that works for its answers can be faster. Run by ceiling.ts.

import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Fastify from 'fastify'

const folder = process.argv[2] ?? ''
const answers = new Map<string, Buffer>()
const app = Fastify({
  rewriteUrl: () => '/',
  http: { keepAlive: true, requireHostHeader: false },
  keepAliveTimeout: 300_000,
})
/** Whoever asked for `held/NAME` and waits for `tell`. */
let held: { readonly name: string; readonly response: ServerResponse }[] = []
app.addHook('onRequest', async ({ raw }, reply) => {
  reply.hijack()
  const name = ((raw as { originalUrl?: string }).originalUrl ?? '/').slice(1)
  if (name.startsWith('held/')) held.push({ name: name.slice(5), response: reply.raw })
  else if (name === 'tell') {
    reply.raw.writeHead(204).end()
    const told = held
    held = []
    for (const { name: what, response } of told) answer(response, what)
  } else answer(reply.raw, name)
})
app.setNotFoundHandler(() => {})
function answer(response: ServerResponse, name: string): void {
  const bytes = answers.get(name) ?? readFileSync(join(folder, name))
  answers.set(name, bytes)
  response.writeHead(200, [
    'Content-Type',
    name.endsWith('.html') ? 'text/html; charset=utf-8' : 'application/x-dmap-tagged',
    'Content-Length',
    String(bytes.length),
  ])
  response.end(bytes)
}

await app.listen({ port: 0, host: '127.0.0.1', backlog: 4096 })
process.on('SIGTERM', () => process.exit(0))
console.log(JSON.stringify({ port: (app.server.address() as AddressInfo).port }))
