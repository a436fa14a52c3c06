// A house for the journeys in the browser: a host with records on one machine, Chromium on another. Whoever visits is
// watched: what the page does not allow itself, what goes wrong in it, and what it asks of anybody else is a fault.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { fillShelf, type MadeRecord } from '../fakes/record-shelf.ts'
import { browserPrograms, startChromium } from '../lab/chromium.ts'
import { createNetwork, type Machine, type Network } from '../lab/namespaces.ts'
import { needs, needsNamespaces } from '../lab/peers.ts'
import type { Running } from '../lab/process.ts'
import { type Person, type Place, personAt, temporaryFolder } from './programs.ts'

export const hostName = 'Attic'
/** Where the host's machine has its music folder, as a machine at home would; `records` in it has the songs. */
export const shelf = '/srv'
/** The machine may be busy with other tests. */
export const patienceMs = 60_000

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const
export const desktop = { viewport: { width: 1440, height: 900 } } as const

export const records: readonly MadeRecord[] = [
  {
    album: 'Tidewrack',
    artist: 'Marble Harbour',
    titles: ['Kelp', 'Stairwell', 'The Long Shore', 'Slow Light'],
    year: 2021,
    composer: 'Ada Quill',
  },
  { album: 'Night Bus', artist: 'Juno Park', titles: ['Depot', 'Sodium', 'Last Stop'], genre: 'Electronic' },
  { album: 'Field Notes', artist: 'Ola Brandt', titles: ['Barley', 'Hedge'], year: 1998, hasCover: false },
]

export interface House {
  readonly network: Network
  /** For what a story keeps; gone when it ends. */
  readonly folder: string
  readonly browser: Browser
  /** `http://ADDRESS:PORT`, without a slash. */
  readonly address: string
  /** The owner, at the host's own machine. */
  readonly attic: Person
  host: Running
  /** The host once more, with what it knew. */
  startsAgain(): Promise<void>
  /** Somebody at a browser of their own. */
  visitor(options?: VisitorOptions): Promise<Visitor>
  /** Somebody who has opened the owner's link. */
  owner(options?: VisitorOptions): Promise<Visitor>
}

export interface VisitorOptions extends BrowserContextOptions {
  /** Faults that belong to the story, such as requests that fail while the host is away. */
  readonly expected?: RegExp
}

export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
  /** Opens a place of the page, such as "queue". */
  goes(place: string): Promise<void>
  /** Fails with every fault so far. */
  isContent(): void
}

export const needsBrowser = (t: TestContext): boolean =>
  needsNamespaces(t) && needs(t, 'ping', 'ffmpeg', 'tcpdump', ...browserPrograms)

export interface HouseOptions {
  readonly machines?: readonly string[]
  readonly flags?: readonly string[]
  /** Where it sounds; nowhere when not said. */
  readonly outputs?: readonly string[]
  /** What is in the music folder; the records above when not said. */
  readonly fill?: (folder: string) => Promise<void>
}

export async function houseWithRecords(t: TestContext, options: HouseOptions = {}): Promise<House> {
  const { machines = [], flags = [], outputs = ['null'], fill } = options
  const network = await createNetwork(t, { machines: ['attic', 'sofa', ...machines] })
  const folder = temporaryFolder(t)
  await (fill ? fill(folder) : fillShelf(folder, records))
  const attic = personAt(t, withShelf(network.machine('attic'), folder))
  const start = async () => {
    const sounds = outputs.flatMap((output) => ['--output', output])
    const host = attic.start('host', join(shelf, 'records'), '--name', hostName, ...sounds, '--json')
    await host.line('"ready"', patienceMs)
    await host.line('"scanned"', patienceMs)
    return host
  }
  const host = await start()
  const browser = await startChromium(t, network.machine('sofa'), flags)
  const address = `http://${network.machine('attic').ipv4}:3689`

  const house: House = {
    ...{ network, folder, browser, address, attic, host },
    async startsAgain() {
      house.host = await start()
    },
    visitor: (visitorOptions) => visit(browser, address, visitorOptions),
    async owner(visitorOptions) {
      const visitor = await house.visitor(visitorOptions)
      const { url } = await attic.json<{ url: string }>('open')
      await visitor.page.goto(`${address}/${new URL(url).hash}`)
      await visitor.page.getByRole('heading', { name: 'Albums' }).waitFor()
      return visitor
    },
  }
  return house
}

function withShelf(machine: Machine, folder: string): Place {
  return {
    spawn: (command, args) => machine.spawn(command, args, { boundDirectories: { [shelf]: folder } }),
  }
}

/** A phone may be an iPhone. (Symbol.dispose is missing there too, and cannot be taken away here.) */
function lackWhatSafariLacks(): void {
  Reflect.deleteProperty(ReadableStream.prototype, Symbol.asyncIterator)
  Reflect.deleteProperty(ReadableStream.prototype, 'values')
}

async function visit(
  browser: Browser,
  address: string,
  { expected, ...options }: VisitorOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ locale: 'en-GB', ...desktop, ...options })
  context.setDefaultTimeout(patienceMs)
  const faults: string[] = []
  const note = (fault: string) => {
    if (!expected?.test(fault)) faults.push(fault)
  }
  await context.exposeFunction('tellFault', note)
  if (options.isMobile) await context.addInitScript(lackWhatSafariLacks)
  await context.addInitScript(() => {
    const { tellFault } = globalThis as unknown as { tellFault(fault: string): void }
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
      tellFault(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}`),
    )
  })
  context.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()} ${message.location().url}`)
  })
  context.on('weberror', (error) => note(`error: ${error.error().stack}`))
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== address && protocol.startsWith('http')) note(`outside: ${request.url()}`)
  })
  const page = await context.newPage()
  const isContent = () => assert.deepEqual(faults, [])
  return {
    ...{ page, context, isContent },
    async goes(place) {
      await page.goto(`${address}/#/${place}`)
    },
  }
}
