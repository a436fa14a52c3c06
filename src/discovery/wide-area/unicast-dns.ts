// Plain questions to DNS servers, one at a time: by UDP, by TCP when the answer does not fit (RFC 1035 4.2). With our
// own codec, since names of services hold spaces, dots and UTF-8 (RFC 6763 4.1.3).

import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, isIPv6 } from 'node:net'
import { type DnsMessage, decode, encode, flags, isResponse, message } from '../dns/message.ts'
import type { Name } from '../dns/name.ts'
import { type DnsRecord, isAnswerTo, question, type RecordType, setKey } from '../dns/records.ts'
import type { Sender } from '../links/link.ts'

export interface UnicastAnswer {
  readonly answers: readonly DnsRecord[]
  /** What the server thinks is wanted next. */
  readonly additionals: readonly DnsRecord[]
}

/** RFC 1035 4.1.1: please ask others on our behalf. */
const recursionDesired = 0x0100
const responseCode = 0x000f
const dnsPort = 53
/** The first wait; the second try waits twice as long. */
const patienceMs = 1500
const tries = 2
/** What DNS over TCP can carry. */
const longestTcpBytes = 65_535

/** "192.168.1.1", "192.168.1.1:5353", "[fd00::1]:53", as `dns.getServers` says them. */
export function serverAddress(text: string): Sender {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? []
  return { address: bracketed ?? plain ?? text, port: Number(port ?? dnsPort) }
}

/** From the first server that answers; empty when it knows nothing of the name, undefined when nobody answers. */
export async function askDns(
  servers: readonly Sender[],
  name: Name,
  type: RecordType,
  signal: AbortSignal,
): Promise<UnicastAnswer | undefined> {
  for (let attempt = 1; attempt <= tries; attempt += 1)
    for (const server of servers) {
      if (signal.aborted) return undefined
      const answer = await askOne(
        server,
        name,
        type,
        AbortSignal.any([signal, AbortSignal.timeout(patienceMs * attempt)]),
      )
      if (answer) return answer
    }
  return undefined
}

async function askOne(
  server: Sender,
  name: Name,
  type: RecordType,
  signal: AbortSignal,
): Promise<UnicastAnswer | undefined> {
  const asked = question(name, type)
  const query = message({ id: randomInt(1, 65_536), flags: recursionDesired, questions: [asked] })
  const isOurs = (reply: DnsMessage) =>
    reply.id === query.id &&
    isResponse(reply) &&
    reply.questions.length === 1 &&
    reply.questions.every((one) => setKey(one) === setKey(asked))
  const bytes = encode(query)
  let reply = await byUdp(server, bytes, isOurs, signal)
  if (reply && (reply.flags & flags.truncated) !== 0) reply = await byTcp(server, bytes, isOurs, signal)
  // NXDOMAIN is an answer; the other codes say that this server cannot help.
  const code = reply ? reply.flags & responseCode : 0
  if (!reply || (code !== 0 && code !== 3)) return undefined
  return {
    answers: reply.answers.filter((record) => isAnswerTo(record, asked)),
    additionals: reply.additionals,
  }
}

/** Only the server's own packets are read, and of those only the answer to this question. */
async function byUdp(
  { address, port }: Sender,
  query: Uint8Array,
  isOurs: (reply: DnsMessage) => boolean,
  signal: AbortSignal,
): Promise<DnsMessage | undefined> {
  const socket = createSocket(isIPv6(address.split('%')[0] ?? '') ? 'udp6' : 'udp4')
  const { promise, resolve } = Promise.withResolvers<DnsMessage | undefined>()
  const stop = () => resolve(undefined)
  signal.addEventListener('abort', stop, { once: true })
  socket.on('error', stop)
  socket.on('message', (bytes) => {
    const reply = decoded(bytes)
    if (reply && isOurs(reply)) resolve(reply)
  })
  try {
    socket.connect(port, address)
    socket.once('connect', () => socket.send(query))
    return await promise
  } catch {
    return undefined
  } finally {
    signal.removeEventListener('abort', stop)
    socket.close()
  }
}

async function byTcp(
  { address, port }: Sender,
  query: Uint8Array,
  isOurs: (reply: DnsMessage) => boolean,
  signal: AbortSignal,
): Promise<DnsMessage | undefined> {
  const socket = connect({ host: address, port, signal })
  socket.on('error', () => undefined)
  try {
    await once(socket, 'connect', { signal })
    const head = Buffer.alloc(2)
    head.writeUInt16BE(query.length)
    socket.write(Buffer.concat([head, query]))
    let heard = Buffer.alloc(0)
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      heard = Buffer.concat([heard, chunk])
      const length = heard.length >= 2 ? heard.readUInt16BE() : Infinity
      if (heard.length < 2 + length && heard.length <= longestTcpBytes + 2) continue
      const reply = decoded(heard.subarray(2, 2 + length))
      return reply && isOurs(reply) ? reply : undefined
    }
  } catch {
    // Refused, or too slow: as if it had said nothing.
  } finally {
    socket.destroy()
  }
  return undefined
}

function decoded(bytes: Uint8Array): DnsMessage | undefined {
  try {
    return decode(bytes)
  } catch {
    return undefined
  }
}
