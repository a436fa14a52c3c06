// A network without packets: what is announced can be looked at, and services appear when a test says so.

import type { BrowseListener, Discovery, FoundService, ServiceToAnnounce } from '../../src/discovery/index.ts'

export interface FakeNetwork extends Discovery {
  /** Announced and not withdrawn. */
  readonly announced: ServiceToAnnounce[]
  /** The names that somebody could not reach. */
  readonly reconfirmed: readonly string[]
  appears(service: FoundService): void
  disappears(service: FoundService): void
}

export function fakeNetwork(): FakeNetwork {
  const announced: ServiceToAnnounce[] = []
  const reconfirmed: string[] = []
  const browsers = new Set<{ type: string; listener: BrowseListener }>()
  const listenersFor = ({ type }: FoundService) => [...browsers].filter((browser) => browser.type === type)

  return {
    announced,
    reconfirmed,
    async announce(service) {
      announced.push(service)
      return {
        name: service.name,
        updateTxt() {},
        async withdraw() {
          announced.splice(announced.indexOf(service), 1)
        },
      }
    },
    browse(type, listener) {
      const browser = { type, listener }
      browsers.add(browser)
      return { close: () => void browsers.delete(browser) }
    },
    reconfirm: ({ name }) => void reconfirmed.push(name),
    appears(service) {
      for (const { listener } of listenersFor(service)) listener.onUp(service)
    },
    disappears(service) {
      for (const { listener } of listenersFor(service)) listener.onDown(service)
    },
    async close() {},
  }
}

/** A host that takes calls at this port. */
export function touchAble(host: { name: string; port: number; instance?: string }): FoundService {
  return {
    type: '_touch-able._tcp',
    name: host.instance ?? '63B5E5C0C201542E',
    hostName: 'attic.local',
    port: host.port,
    txt: new Map([['CtlN', new TextEncoder().encode(host.name)]]),
    addresses: ['127.0.0.1'],
    interfaceName: 'lo',
  }
}

/** A remote's pairing screen, as it is seen on the network. */
export function touchRemote(remote: {
  name: string
  pair: string
  port: number
  instance?: string
  addresses?: readonly string[]
}): FoundService {
  const bytes = (text: string) => new TextEncoder().encode(text)
  return {
    type: '_touch-remote._tcp',
    name: remote.instance ?? `0000000000000000000000000000000000000000${remote.port}`.slice(-40),
    hostName: 'phone.local',
    port: remote.port,
    txt: new Map([
      ['DvNm', bytes(remote.name)],
      ['Pair', bytes(remote.pair)],
      ['txtvers', bytes('1')],
    ]),
    addresses: remote.addresses ?? ['127.0.0.1'],
    interfaceName: 'lo',
  }
}
