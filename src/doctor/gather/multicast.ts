// Asks the network who is there, in every way there is, with sockets of its own: to the group from port 5353, to the group
// as a plain DNS client, and a question only we can hear, which shows whether our own packets come back.

import { randomBytes, randomInt } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import type { Clock } from '../../clock.ts'
import {
  decodeDns,
  encodeDns,
  isOnLink,
  isOwnAddress,
  isResponse,
  type Link,
  multicastGroups,
  multicastPort,
  nameKey,
  type Question,
  typeName,
} from '../../discovery/index.ts'
import { type HeardPacket, type Service, servicesIn, soughtTypes, type Way } from '../heard-services.ts'

export interface Heard {
  /** Why nothing could be asked: another program holds the port alone. */
  readonly portFault: string | undefined
  /** One for each link and family where our packets could not leave. */
  readonly sendFaults: readonly string[]
  /** Links and families, such as "eth0 IPv4". */
  readonly paths: readonly string[]
  /** Those by which our own question came back. */
  readonly returned: readonly string[]
  readonly services: readonly Service[]
  /** Addresses of everybody else who was heard. */
  readonly senders: ReadonlySet<string>
}

export interface ListenOptions {
  readonly links: readonly Link[]
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Then nothing more is waited for. */
  readonly isEnough: (heard: Pick<Heard, 'services'>) => boolean
}

const families = ['IPv4', 'IPv6'] as const
type Family = (typeof families)[number]

/** When everything is asked (RFC 6762 5.2: a second apart), and when it is over. A second machine may answer a little later. */
const asksAtMs = [0, 1000, 2200] as const
const leastMs = 1400
const longestMs = 4500
const stepMs = 100
const mostPackets = 2000

export async function listen({ links, clock, signal, isEnough }: ListenOptions): Promise<Heard> {
  const round = new Round(links)
  try {
    await round.open()
    const startMs = clock.nowMs()
    let asked = 0
    for (let atMs = 0; atMs < longestMs; atMs += stepMs) {
      if (atMs >= (asksAtMs[asked] ?? Infinity)) {
        await round.ask()
        asked += 1
      }
      if (atMs >= leastMs && isEnough({ services: servicesIn(round.packets) })) break
      await clock.until(startMs + atMs + stepMs, signal)
    }
    return round.heard()
  } finally {
    round.close()
  }
}

class Round {
  readonly packets: HeardPacket[] = []
  readonly #links: readonly Link[]
  readonly #sockets: Socket[] = []
  readonly #ears = new Map<Family, Socket>()
  readonly #paths: { link: Link; family: Family; ear: Socket; mouth: Socket; name: string }[] = []
  readonly #returned = new Set<string>()
  readonly #sendFaults = new Map<string, string>()
  /** A service that nobody has, so that the question can only be ours. */
  readonly #ownQuestion: Question = questionFor(typeName(`_${randomBytes(4).toString('hex')}._udp`), 'PTR')
  #portFault: string | undefined

  constructor(links: readonly Link[]) {
    this.#links = links.filter(({ canMulticast }) => canMulticast !== false)
  }

  async open(): Promise<void> {
    for (const family of families) {
      const present = this.#links.filter((link) => link.addresses.some((own) => own.family === family))
      if (present.length > 0) await this.#openFamily(family, present)
    }
  }

  async #openFamily(family: Family, links: readonly Link[]): Promise<void> {
    const ear = await this.#bound(family, multicastPort, 'multicast').catch((fault: unknown) => {
      this.#portFault = messageOf(fault)
    })
    if (!ear) return
    this.#ears.set(family, ear)
    for (const link of links) {
      const name = `${link.name} ${family}`
      try {
        const at = interfaceAddress(link, family)
        ear.addMembership(multicastGroups[family], at)
        const mouth = await this.#bound(family, 0, 'unicast')
        mouth.setMulticastInterface(at)
        this.#paths.push({ link, family, ear, mouth, name })
      } catch (fault) {
        this.#sendFaults.set(name, `${name}: ${messageOf(fault)}`)
      }
    }
  }

  async #bound(family: Family, port: number, way: Way): Promise<Socket> {
    const isIpv6 = family === 'IPv6'
    const socket = createSocket({ type: isIpv6 ? 'udp6' : 'udp4', reuseAddr: port !== 0, ipv6Only: isIpv6 })
    this.#sockets.push(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(port, () => {
        socket.off('error', reject)
        resolve()
      })
    })
    socket.on('error', () => {}) // what cannot be sent is told where it was sent
    socket.on('message', (bytes, { address }) => this.#hear(bytes, address, way))
    socket.setMulticastTTL(255)
    socket.setMulticastLoopback(true)
    return socket
  }

  async ask(): Promise<void> {
    const asked = [...soughtTypes.map((type) => questionFor(typeName(type), 'PTR')), ...this.#details()]
    const toAll = encodeDns({ ...empty, questions: [this.#ownQuestion, ...asked] })
    const plain = encodeDns({ ...empty, id: randomInt(1, 0x10000), questions: asked })
    for (const { link, family, ear, mouth, name } of this.#paths) {
      const group = `${multicastGroups[family]}${family === 'IPv6' ? `%${link.scope}` : ''}`
      try {
        ear.setMulticastInterface(interfaceAddress(link, family))
      } catch (fault) {
        this.#sendFaults.set(name, `${name}: ${messageOf(fault)}`)
        continue
      }
      // One after the other: all share the ear, and it speaks on one link at a time.
      for (const fault of await Promise.all([sent(ear, toAll, group), sent(mouth, plain, group)]))
        if (fault) this.#sendFaults.set(name, `${name}: ${messageOf(fault)}`)
    }
  }

  /** Whoever was pointed at without its place is asked for it. */
  #details(): Question[] {
    const names = servicesPointedAt(this.packets).slice(0, 20)
    return names.flatMap((name) => [questionFor(name, 'SRV'), questionFor(name, 'TXT')])
  }

  #hear(bytes: Uint8Array, from: string, way: Way): void {
    if (this.packets.length >= mostPackets) return
    try {
      const message = decodeDns(bytes)
      const scope = this.#links.find((link) => isOnLink(link, from))?.scope
      if (isResponse(message)) this.packets.push({ from, way, message, scope })
      else if (message.questions.some(({ name }) => nameKey(name) === nameKey(this.#ownQuestion.name)))
        this.#noteReturn(from)
    } catch {
      // A stranger's packet.
    }
  }

  #noteReturn(from: string): void {
    for (const { link, family, name } of this.#paths)
      if (family === (from.includes(':') ? 'IPv6' : 'IPv4') && isOwnAddress([link], from))
        this.#returned.add(name)
  }

  heard(): Heard {
    return {
      portFault: this.#portFault,
      sendFaults: [...this.#sendFaults.values()],
      paths: this.#paths.map(({ name }) => name),
      returned: [...this.#returned],
      services: servicesIn(this.packets),
      senders: new Set(
        this.packets.map(({ from }) => from).filter((from) => !isOwnAddress(this.#links, from)),
      ),
    }
  }

  close(): void {
    for (const socket of this.#sockets)
      try {
        socket.close()
      } catch {
        // It could not be bound.
      }
  }
}

const empty = { id: 0, flags: 0, questions: [], answers: [], authorities: [], additionals: [] }

function questionFor(name: Question['name'], type: Question['type']): Question {
  return { name, type, classCode: 1, wantsUnicast: false }
}

function servicesPointedAt(packets: readonly HeardPacket[]): Question['name'][] {
  const targets = packets.flatMap(({ message }) =>
    message.answers.flatMap((record) => (record.type === 'PTR' ? [record.target] : [])),
  )
  const ours = targets.filter((target) =>
    soughtTypes.some((type) => nameKey(target.slice(1)) === nameKey(typeName(type))),
  )
  return [...new Map(ours.map((name) => [nameKey(name), name])).values()]
}

/** What kept it from leaving. */
function sent(socket: Socket, bytes: Uint8Array, group: string): Promise<Error | null> {
  return new Promise((resolve) => {
    socket.send(bytes, multicastPort, group, (fault) => resolve(fault))
  })
}

function interfaceAddress(link: Link, family: Family): string {
  if (family === 'IPv6') return `::%${link.scope}`
  return link.addresses.find((own) => own.family === 'IPv4')?.address ?? '0.0.0.0'
}

function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault)
}

/** Asks one machine alone, straight at its address; true when it answers. */
export async function answersWhenAskedAlone(address: string, clock: Clock): Promise<boolean> {
  const isIpv6 = address.includes(':')
  const questions = soughtTypes.map((type) => questionFor(typeName(type), 'PTR'))
  const asked = encodeDns({ ...empty, id: randomInt(1, 0x10000), questions })
  const socket = createSocket(isIpv6 ? 'udp6' : 'udp4')
  const over = new AbortController()
  const { promise, resolve } = Promise.withResolvers<boolean>()
  socket.on('error', () => resolve(false))
  socket.on('message', () => resolve(true))
  const startMs = clock.nowMs()
  // Twice: one packet may be lost.
  socket.send(asked, multicastPort, address, () => {})
  clock
    .until(startMs + 700, over.signal)
    .then(() => socket.send(asked, multicastPort, address, () => {}))
    .then(() => clock.until(startMs + 2000, over.signal))
    .then(
      () => resolve(false),
      () => {},
    )
  const isAnswered = await promise
  over.abort()
  socket.close()
  return isAnswered
}
