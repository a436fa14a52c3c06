// Remotes that wait, each on a connection of its own. Run by waiting.ts, which tells it what to do; it answers each
// order with one line of JSON.

import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type CrowdOrder, monotonicMs } from './waiting.ts'

interface Remote {
  readonly socket: Socket
  readonly session: number
  /** Of the last whole answer; undefined while it waits. */
  answer: { readonly revision: number; readonly atMs: number } | undefined
}

/** More at once than this, and the host's backlog overflows. */
const openedAtOnce = 200
/** The host has all requests in hand when this has gone by without an answer. */
const settleMs = (count: number) => 100 + count / 20
const lookMs = 5
/** One for all: the client's own work is measured too, as it has the other core. */
const answerBytes = Buffer.alloc(16 * 1024)
const revisionCode = Buffer.from('cmsr')

let port = 0
const remotes: Remote[] = []
const waiting = new Set<Remote>()

async function open(order: Extract<CrowdOrder, { order: 'open' }>): Promise<number> {
  port = order.port
  for (let from = 0; from < order.sessions.length; from += openedAtOnce)
    remotes.push(
      ...(await Promise.all(order.sessions.slice(from, from + openedAtOnce).map((id) => openOne(id)))),
    )
  return remotes.length
}

function openOne(session: number): Promise<Remote> {
  return new Promise((resolve, reject) => {
    const onread = {
      buffer: answerBytes,
      callback(length: number) {
        take(remote, answerBytes.subarray(0, length))
        return true
      },
    }
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread })
    const remote: Remote = { socket, session, answer: undefined }
    socket.once('connect', () => resolve(remote))
    socket.on('error', reject)
  })
}

/** Status answers are some hundred bytes and come in one piece, `cmsr` near the front. */
function take(remote: Remote, bytes: Buffer): void {
  if (!waiting.delete(remote)) return
  const at = bytes.indexOf(revisionCode)
  const isRevision = at >= 0 && at + 12 <= bytes.length
  remote.answer = { revision: isRevision ? bytes.readUInt32BE(at + 8) : 0, atMs: monotonicMs() }
}

async function wait({ path }: Extract<CrowdOrder, { order: 'wait' }>): Promise<number> {
  for (const remote of remotes) {
    remote.answer = undefined
    waiting.add(remote)
    remote.socket.write(
      `GET ${path.replace('{session}', String(remote.session))} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`,
    )
  }
  await delay(settleMs(remotes.length))
  return waiting.size
}

async function told({ revision, deadlineMs }: Extract<CrowdOrder, { order: 'told' }>) {
  const endMs = monotonicMs() + deadlineMs
  while (waiting.size > 0 && monotonicMs() < endMs) await delay(lookMs)
  let count = 0
  let lastAtMs: number | null = null
  for (const { answer } of remotes) {
    if (answer === undefined || (revision !== undefined && answer.revision !== revision)) continue
    count += 1
    lastAtMs = Math.max(lastAtMs ?? 0, answer.atMs)
  }
  return { told: count, lastAtMs }
}

function follow(order: CrowdOrder): Promise<unknown> {
  if (order.order === 'open') return open(order)
  return order.order === 'wait' ? wait(order) : told(order)
}

let number = 0
let orders: Promise<void> = Promise.resolve()
process.on('message', (order: CrowdOrder) => {
  orders = orders.then(async () => {
    const answer = await follow(order)
    number += 1
    console.log(JSON.stringify({ number, answer }))
  })
  orders.catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
