// Six tabs at once, a browser without shared workers, a link as slow as 3G, and a page that stays open for a day: what it shows stays true, and it stays light.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { eventually } from '../lab/eventually.ts'
import { type House, houseWithRecords, needsBrowser, phone, type Visitor } from './web-house.ts'
import { takePictures } from './web-pictures.ts'

test('six tabs, a slow link, a whole day', { timeout: 280_000 }, async (t) => {
  if (!needsBrowser(t)) return
  const house = await houseWithRecords(t)
  await t.test('six tabs are all live, and all have their covers', () => sixTabs(house))
  await t.test('where no worker is shared, each tab is live by a connection of its own', () =>
    unshared(house),
  )
  await t.test('whoever comes back asks for the login and the albums, and for each once', () =>
    asksOnce(house),
  )
  await t.test('a page that the browser has kept from another library leads to the one that is there', () =>
    keptPage(house),
  )
  await t.test('a slow link shows names before covers, and plays', () => slowLink(house))
  await t.test('after a day the page is live, and no larger', () => wholeDay(house))
})

async function sixTabs(house: House): Promise<void> {
  const calls = await countCalls(house)
  const owner = await house.owner()
  const others = await Promise.all(Array.from({ length: 5 }, () => owner.context.newPage()))
  await Promise.all(others.map((page) => page.goto(`${house.address}/#/albums`)))
  const tabs = [owner.page, ...others]
  for (const page of tabs) await hasCovers(page)

  await house.attic.run('play', 'Depot')
  for (const page of tabs) await deckOf(page).getByRole('link', { name: 'Depot' }).waitFor()
  await deckOf(others[4] ?? owner.page)
    .getByRole('button', { name: 'Pause' })
    .click()
  for (const page of tabs) await deckOf(page).getByRole('button', { name: 'Play', exact: true }).waitFor()
  await takePictures(owner.page, 'six-tabs')

  // The one that began is closed; the others go on, by the one connection that all have had.
  await owner.page.close()
  await house.attic.run('play', 'Barley')
  for (const page of others) await deckOf(page).getByRole('link', { name: 'Barley' }).waitFor()
  assert.equal(await calls.stop(), 1)
  owner.isContent()
  await owner.context.close()
}

async function asksOnce(house: House): Promise<void> {
  const { page, context, isContent } = await house.owner({ expected: /index-/ })
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(house.address)
  await hasCovers(page)

  const ofHost = asked.filter((path) => !/^\/assets\/|extra_data/.test(path))
  const counted = (path: string) => ofHost.filter((one) => one === path).length
  assert.deepEqual(
    ['/login', '/databases/1/groups', '/api/about', '/server-info'].map(counted),
    [1, 1, 0, 0],
    ofHost.join(' '),
  )

  // Both before the page's own script is here.
  await page.route('**/assets/index-*.js', (route) => route.abort())
  const albums = page.waitForRequest(/\/databases\/1\/groups\?session-id=\d+/)
  await page.goto(house.address)
  await albums
  isContent()
  await context.close()
}

async function keptPage(house: House): Promise<void> {
  const { page, context, isContent } = await house.owner({ expected: /503/ })
  const itsKey = ['tonearm.key 0123456789ABCDEF', '{"guid":"00000000000000A1"}'] as const
  await page.evaluate(([name, key]) => localStorage.setItem(name, key), itsKey)
  await context.addInitScript(() => {
    const watch = new MutationObserver(() => {
      const about = document.getElementById('about')
      if (!about?.textContent) return
      watch.disconnect()
      about.textContent = about.textContent.replace(/"databaseId":"\w+"/, '"databaseId":"0123456789ABCDEF"')
    })
    watch.observe(document, { childList: true, subtree: true })
  })

  await page.goto(`${house.address}/`)
  await hasCovers(page)

  assert.match(await page.locator('#about').textContent().then(String), /0123456789ABCDEF/)
  // It was not that library that has refused its key.
  assert.equal(await page.evaluate(([name]) => localStorage.getItem(name), itsKey), itsKey[1])
  isContent()
  await context.close()
}

/** As a browser has it that is told to keep nothing of the page, and one that cannot load the worker. */
const withoutWorkers = [
  () => {
    globalThis.SharedWorker = function refused() {
      throw new DOMException('access denied', 'SecurityError')
    } as unknown as typeof SharedWorker
  },
  () => {
    globalThis.SharedWorker = class extends SharedWorker {
      constructor() {
        super('/no-such-worker.js')
      }
    }
  },
]

async function unshared(house: House): Promise<void> {
  for (const refuse of withoutWorkers) {
    const { page, context, isContent } = await house.visitor({ expected: /no-such-worker/ })
    await context.addInitScript(refuse)
    const { url } = await house.attic.json<{ url: string }>('open')
    await page.goto(`${house.address}/${new URL(url).hash}`)
    await hasCovers(page)

    for (const title of ['Depot', 'Barley']) {
      await house.attic.run('play', title)
      await deckOf(page).getByRole('link', { name: title }).waitFor()
    }
    isContent()
    await context.close()
  }
}

/** From now on: how often the browser asks the host to tell it what changes, seen on its link. */
async function countCalls({ network, folder }: House): Promise<{ stop(): Promise<number> }> {
  const file = join(folder, 'six-tabs.pcap')
  const capture = await network.machine('sofa').capture(file)
  return {
    async stop() {
      await capture.stop()
      return readFileSync(file, 'latin1').split('GET /api/watch').length - 1
    },
  }
}

/** As Chromium's own tools have it. */
const slow3g = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 }

async function slowLink(house: House): Promise<void> {
  const { url } = await house.attic.json<{ url: string }>('open')
  const { page, context, isContent } = await house.visitor(phone)
  const tools = await context.newCDPSession(page)
  await tools.send('Network.enable')
  await tools.send('Network.emulateNetworkConditions', slow3g)
  // Covers are held back for as long as the story needs.
  const { promise: covered, resolve: showCovers } = Promise.withResolvers<void>()
  await page.route(/extra_data|artwork/, async (route) => {
    await covered
    await route.continue()
  })

  await page.goto(`${house.address}/${new URL(url).hash}`)
  const album = page.getByRole('link', { name: /^Tidewrack/ })
  await album.waitFor()
  assert.equal(await page.evaluate(coversThere), 0)
  await takePictures(page, 'slow-link', 'on their way')
  await album.tap()
  await page.getByRole('row', { name: /^Kelp/ }).tap()
  const mini = page.getByRole('region', { name: 'Now playing' })
  await mini.getByRole('button', { name: 'Pause' }).waitFor()
  showCovers()
  await hasCovers(page)
  isContent()
  await context.close()
}

async function wholeDay(house: House): Promise<void> {
  const owner = await house.owner()
  const { page } = owner
  await page.clock.install()
  await page.addInitScript(countTimers)
  await page.reload()
  await hasCovers(page)
  const changed = async (title: string) => {
    await house.attic.run('play', title)
    await deckOf(page).getByRole('link', { name: title }).waitFor()
  }
  await changed('Kelp')
  await page.clock.fastForward('01:00:00')
  await changed('Sodium')
  const before = await weightOf(owner)

  for (let hour = 2; hour <= 24; hour += 1) await page.clock.fastForward('01:00:00')

  await changed('Sodium')
  await eventually('no more timers, nodes and listeners than after the first hour', async () => {
    const after = await weightOf(owner)
    return Object.entries(before).every(([key, value]) => (after[key] ?? 0) <= value * 1.2 + 2)
  })
  owner.isContent()
  await owner.context.close()
}

const deckOf = (page: Page) => page.getByRole('complementary', { name: 'Now playing' })

const hasCovers = (page: Page) => page.waitForFunction(coversThere)

/** In the page: how many there are. */
function coversThere(): number {
  const images = Array.from(document.querySelectorAll<HTMLImageElement>('main img'))
  return images.filter((image) => image.naturalWidth > 0).length
}

/** In the page: how many timers wait. */
function countTimers(): void {
  const waiting = new Set<unknown>()
  Object.assign(globalThis, { waiting })
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const set = globalThis[name]
    Object.assign(globalThis, {
      [name](run: () => void, ms?: number) {
        const id: unknown = set(() => {
          if (name === 'setTimeout') waiting.delete(id)
          run()
        }, ms)
        waiting.add(id)
        return id
      },
    })
  }
  for (const name of ['clearTimeout', 'clearInterval'] as const) {
    const clear = globalThis[name]
    Object.assign(globalThis, {
      [name](id: number) {
        waiting.delete(id)
        clear(id)
      },
    })
  }
}

/** What a page must not gather. */
async function weightOf({ page, context }: Visitor): Promise<Record<string, number>> {
  const tools = await context.newCDPSession(page)
  await tools.send('HeapProfiler.enable')
  await tools.send('HeapProfiler.collectGarbage')
  await tools.send('Performance.enable')
  const { metrics } = await tools.send('Performance.getMetrics')
  await tools.detach()
  const timers = await page.evaluate(() => (globalThis as unknown as { waiting: Set<unknown> }).waiting.size)
  const counted = metrics.filter(({ name }) => name === 'Nodes' || name === 'JSEventListeners')
  const weight = { timers, ...Object.fromEntries(counted.map(({ name, value }) => [name, value])) }
  assert.ok(timers > 0)
  return weight
}
