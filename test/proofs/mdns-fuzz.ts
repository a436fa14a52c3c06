// Mutated mDNS packets against the whole room: a host that announces and a remote that browses, on the network without sockets.

import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { encode } from '../../src/discovery/dns/message.ts'
import type { ServiceToAnnounce } from '../../src/discovery/types.ts'
import { type Log, silentLog } from '../../src/log.ts'
import { fakeClock } from '../fakes/clock.ts'
import { announce, join, listen } from '../fakes/discovering.ts'
import { fakeLan } from '../fakes/lan.ts'
import { mutated, seeded } from '../fakes/mutate.ts'
import type { Proof } from './proof.ts'

export interface Fuzzed {
  /** What was logged as a mistake of our own. */
  readonly mistakes: readonly string[]
  /** Whether a service announced afterwards is found. */
  readonly isFoundAfter: boolean
  /** Heap in use after a collection, at ten moments, MB. */
  readonly heapMb: readonly number[]
}

const studio: ServiceToAnnounce = {
  type: '_touch-able._tcp',
  name: 'Studio',
  port: 3689,
  subtypes: ['_music'],
  txt: { CtlN: 'Studio' },
}
const million = 1_000_000
/** Growth that a cache of bounded size and the collector's moods explain. */
const allowedGrowthMb = 40

export const proof: Proof = {
  claim: `A million mutated mDNS packets: no crash, no growth of memory, and services are announced and found afterwards.`,
  async run(say) {
    const { mistakes, isFoundAfter, heapMb } = await fuzz(million, 20_261_126, say)
    // By the third of ten moments every cache has filled.
    const growthMb = (heapMb.at(-1) ?? 0) - (heapMb[2] ?? 0)
    return {
      holds: mistakes.length === 0 && isFoundAfter && growthMb < allowedGrowthMb,
      findings: [
        `${million} packets made from the vectors and from what the two machines had said: bytes changed, cut, doubled, spliced.`,
        `Mistakes of our own in the log: ${mistakes.length}${mistakes.length > 0 ? ` (${mistakes.slice(0, 3).join('; ')})` : ''}.`,
        `A service announced afterwards is ${isFoundAfter ? '' : 'NOT '}found.`,
        `Heap after each tenth, MB: ${heapMb.map((mb) => mb.toFixed(1)).join(', ')}; growth after the third: ${growthMb.toFixed(1)}.`,
      ],
    }
  },
}

export async function fuzz(
  packets: number,
  seed: number,
  say: (progress: string) => void = () => undefined,
): Promise<Fuzzed> {
  const random = seeded(seed)
  const clock = fakeClock()
  const lan = fakeLan(clock, { remembers: 500 })
  const mistakes: string[] = []
  const log: Log = {
    ...silentLog,
    error: (text, fields) => mistakes.push(`${text}: ${String(fields?.['fault'])}`),
  }
  const host = await join(clock, lan.machine('192.168.1.1'), 'host', { log })
  const remote = await join(clock, lan.machine('192.168.1.2'), 'remote', { log })
  // Keeps nothing of what it hears, as the proof is about memory.
  const listener = { onUp() {}, onDown() {} }
  for (const type of [studio.type, '_music._sub._touch-able._tcp']) remote.browse(type, listener)
  await announce(clock, host, studio)
  await clock.advance(5000)
  const corpus = [...vectors(), ...lan.heard.map(({ message }) => encode(message))]

  const heapMb: number[] = []
  for (let sent = 0; sent < packets; sent += 1) {
    const port = random() < 0.1 ? 40_000 : 5353
    // From strangers, and now and then as if from one of us.
    const address = `192.168.1.${random() < 0.1 ? 2 : 99}`
    lan.injectBytes(mutated(corpus, random), { address, port })
    if (sent % 50 === 49) await clock.advance(20)
    if ((sent + 1) % Math.ceil(packets / 10) === 0) {
      heapMb.push(heapInUseMb())
      say(`${sent + 1} packets, heap ${heapMb.at(-1)?.toFixed(1)} MB`)
    }
  }

  await clock.advance(60_000)
  const found = listen(remote, '_daap._tcp')
  void host.announce({ ...studio, type: '_daap._tcp', name: 'After' })
  await clock.advance(30_000)
  const isFoundAfter = found.ups.some(({ name }) => name.startsWith('After'))
  await Promise.all([host.close(), remote.close()])
  return { mistakes, isFoundAfter, heapMb }
}

function vectors(): Uint8Array[] {
  const file = new URL('../../src/discovery/dns/vectors/mdns.json', import.meta.url)
  const { vectors: all } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: { hex: string }[] }
  return all.map(({ hex }) => Uint8Array.from(Buffer.from(hex, 'hex')))
}

function heapInUseMb(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed / 1e6
}
