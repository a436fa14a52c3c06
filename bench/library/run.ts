// npm run bench -- library: starts the host on a made library and asks it as clients do. The order of things:
// a first scan; some starts, each followed by the first requests of their kind; then one start and everything warm.

import { setTimeout as pause } from 'node:timers/promises'
import { Connection } from '../client.ts'
import { type BenchOrder, type BenchResult, benchOf, type Frame } from '../frame.ts'
import { launchHost, type RunningHost } from '../host.ts'
import { forgetPeak, memoryOf } from '../memory.ts'
import { percentile } from '../statistics.ts'
import { secondsToAnswer, secondsToPage } from './first-moments.ts'
import { Incoming } from './incoming.ts'
import { chanceFrom } from './random.ts'
import { albumsPath, type Known, type ListRequest, pagePath, playlistsPath, requestsFor } from './requests.ts'
import { type Group, rowsOf } from './row-table.ts'
import { requestsPerSecond, tapsWhileListing } from './under-load.ts'
import { holdsAll, Visit } from './visit.ts'

interface LibraryOrder extends BenchOrder<Group> {
  /** Starts after the first scan. */
  readonly starts: number
}

/** Idle is idle: the engine gives back what a thread took some eight seconds after it has ended. */
const settleMs = 12_000
/** Later than this nobody would call it told. */
const toldMs = 15_000

export function benchLibrary(order: LibraryOrder): Promise<BenchResult> {
  return benchOf(order, rowsOf(order.tracks), async (frame) => {
    const run = new Run(frame, order.starts)
    await run.firstScan()
    await run.memory()
    for (let round = 0; round < order.starts; round += 1) await run.start(round)
    await run.warm()
  })
}

class Run {
  readonly #frame: Frame<Group>
  readonly #starts: number
  readonly #incoming: Incoming
  readonly #requests: readonly ListRequest[]
  #known: Known | undefined

  constructor(frame: Frame<Group>, starts: number) {
    this.#frame = frame
    this.#starts = starts
    this.#incoming = new Incoming(frame.work)
    this.#requests = requestsFor(frame.tracks).filter(({ group }) => frame.isWanted(group))
  }

  /** Also what makes the data directory that all others use. */
  async firstScan(): Promise<void> {
    this.#frame.say('first scan')
    const host = await this.#start()
    try {
      const { at, event } = await host.scanned(this.#frame.scanDeadlineMs)
      if (event.added >= this.#frame.tracks)
        this.#frame.rows.add('first-scan', 'first', (at - host.readyAt) / 1000)
      else this.#frame.rows.note('first-scan', 'the data directory knew the songs already')
      this.#frame.addMemory('memory-scan', memoryOf(host.pid)?.peakMb)
      if (event.failed > 0) this.#frame.rows.note('first-scan', `${event.failed} files could not be read`)
      const visit = await Visit.begin(host)
      this.#known = await visit.learn(event.tracks)
      visit.end()
    } finally {
      await host.stop()
    }
  }

  /** A start on what is known, and the first request of each kind. */
  async start(round: number): Promise<void> {
    this.#frame.say(`start ${round + 1} of ${this.#starts}`)
    await this.#firstPage(round)
    const started = this.#launch()
    try {
      this.#frame.rows.add('start', 'first', await secondsToAnswer(started))
      const host = await started.ready()
      const { at } = await host.scanned(this.#frame.scanDeadlineMs)
      this.#frame.rows.add('rescan', 'again', (at - host.readyAt) / 1000)
      const visit = await Visit.begin(host)
      await this.#firstRequests(visit, round)
      visit.end()
    } finally {
      await started.stop()
    }
  }

  /** Before a remote connects, and with one that looked around and waits for news. */
  async memory(): Promise<void> {
    if (!this.#frame.isWanted('memory')) return
    this.#frame.say('memory')
    const host = await this.#start()
    try {
      await host.scanned(this.#frame.scanDeadlineMs)
      await this.#resident('memory-idle', host)
      const visit = await Visit.begin(host)
      const waiting = await visit.wait(await visit.revision())
      for (const path of [playlistsPath, albumsPath, pagePath(this.#whatIsKnown(), chanceFrom(3))])
        await visit.ask(path)
      await visit.ask('/ctrl-int/1/playstatusupdate?revision-number=1')
      await this.#resident('memory-remote', host)
      waiting.leave()
      visit.end()
    } finally {
      await host.stop()
    }
  }

  /** Everything once it has been asked for, beside its ceiling; then many at once. */
  async warm(): Promise<void> {
    const host = await this.#start()
    try {
      await host.scanned(this.#frame.scanDeadlineMs)
      const visit = await Visit.begin(host)
      for (const request of this.#requests) {
        this.#frame.say(request.row)
        await this.#frame.attempt(request.row, () => this.#again(visit, request))
      }
      await this.#frame.attemptGroup('pages', () => this.#pages(visit))
      await this.#frame.attemptGroup('tap', () => this.#taps(visit))
      await this.#frame.attemptGroup('copied', () => this.#copied(visit))
      if (this.#frame.isWanted('memory')) await this.#resident('memory-after', host)
      visit.end()
    } finally {
      await host.stop()
    }
  }

  // --- one thing each

  /** In a start of its own: whoever asks so early is in the way of the scan, and warms up what others ask for first. */
  async #firstPage(round: number): Promise<void> {
    if (!this.#frame.isWanted('start')) return
    const started = this.#launch()
    try {
      const asking = { data: this.#frame.data, known: this.#whatIsKnown(), chance: chanceFrom(round) }
      this.#frame.rows.add('start-page', 'first', await secondsToPage(started, asking))
      await started.ready()
    } finally {
      await started.stop()
    }
  }

  async #firstRequests(visit: Visit, round: number): Promise<void> {
    const known = this.#whatIsKnown()
    const chance = chanceFrom(round)
    for (const request of this.#requests) {
      // The listing plain and zipped take turns: the one would warm up the other.
      if (request.row === 'items' && round % 2 === 1) continue
      if (request.row === 'items-gzip' && round % 2 === 0 && this.#starts > 1) continue
      await this.#frame.attempt(request.row, async () => {
        const answer = await visit.ask(request.target(known, chance, round), request)
        this.#frame.rows.add(request.row, 'first', answer.wholeMs)
        if (request.firstByteTargets)
          this.#frame.rows.add(`${request.row}-first-byte`, 'first', answer.firstByteMs)
      })
    }
  }

  async #again(visit: Visit, request: ListRequest): Promise<void> {
    const known = this.#whatIsKnown()
    const chance = chanceFrom(1000)
    const { row, times } = request
    const sample = await visit.ask(request.target(known, chance, 0), { ...request, keepsBody: true })
    if (row === 'items' && !holdsAll(sample.body, known))
      throw new Error('the answer is not the whole library')
    const ceilingPath = this.#frame.ceiling.learn(row, sample.body ?? new Uint8Array())
    const ceiling = await Connection.open(this.#frame.ceiling.port)
    try {
      await ceiling.get(ceilingPath)
      for (let time = 1; time <= times; time += 1) {
        const answer = await visit.ask(request.target(known, chance, time), request)
        const highest = await ceiling.get(ceilingPath)
        this.#frame.rows.add(row, 'again', answer.wholeMs)
        this.#frame.rows.add(row, 'ceiling', highest.wholeMs)
        if (!request.firstByteTargets) continue
        this.#frame.rows.add(`${row}-first-byte`, 'again', answer.firstByteMs)
        this.#frame.rows.add(`${row}-first-byte`, 'ceiling', highest.firstByteMs)
      }
    } finally {
      ceiling.close()
    }
    this.#frame.rows.note(row, `${(sample.bytes / 1e6).toFixed(sample.bytes < 1e5 ? 3 : 1)} MB`)
  }

  async #pages(visit: Visit): Promise<void> {
    const known = this.#whatIsKnown()
    const seconds = 3
    const page = visit.own(pagePath(known, chanceFrom(1)))
    const { body } = await visit.connection.get(page, { keepsBody: true })
    const ceilingPath = this.#frame.ceiling.learn('pages', body ?? new Uint8Array())
    for (let run = 0; run < 3; run += 1) {
      const perSecond = await requestsPerSecond(visit.host.port, 4, seconds, (chance) =>
        visit.own(pagePath(known, chance)),
      )
      this.#frame.rows.add('pages', 'again', perSecond)
      this.#frame.rows.add(
        'pages',
        'ceiling',
        await requestsPerSecond(this.#frame.ceiling.port, 4, seconds, () => ceilingPath),
      )
    }
  }

  async #taps(visit: Visit): Promise<void> {
    const items = requestsFor(this.#frame.tracks).find(({ row }) => row === 'items')
    if (!items) return
    const listing = visit.own(items.target(this.#whatIsKnown(), chanceFrom(1), 0))
    const tap = visit.own('/ctrl-int/1/setproperty?dmcp.volume={n}')
    const { pid, port } = visit.host
    for (let run = 0; run < 3; run += 1) {
      forgetPeak(pid)
      const { taps, listingsMs } = await tapsWhileListing(port, { listing, tap })
      this.#frame.rows.add('tap', 'again', Math.max(...taps))
      this.#frame.rows.add('tap-95', 'again', percentile(taps, 95))
      this.#frame.rows.add('tap-listings', 'again', listingsMs)
      this.#frame.addMemory('tap-memory', memoryOf(pid)?.peakMb)
    }
  }

  async #copied(visit: Visit): Promise<void> {
    for (let count = 1; count <= 5; count += 1) {
      let revision = await visit.revision()
      let waiting = await visit.wait(revision, toldMs)
      const copiedAt = performance.now()
      const title = this.#incoming.copyIn(count)
      // Told of something else before: waits on.
      for (;;) {
        revision = await waiting.told
        const toldAt = performance.now()
        if (await visit.hasSong(this.#whatIsKnown(), title)) {
          this.#frame.rows.add('copied', 'again', (toldAt - copiedAt) / 1000)
          break
        }
        waiting = await visit.wait(revision, toldMs)
      }
    }
  }

  async #resident(row: string, { pid }: RunningHost): Promise<void> {
    await pause(settleMs)
    this.#frame.addMemory(row, memoryOf(pid)?.nowMb)
  }

  // --- means

  #start() {
    return this.#launch().ready()
  }

  #launch() {
    const { folder, data } = this.#frame
    return launchHost({ folders: [folder, this.#incoming.folder], data })
  }

  #whatIsKnown(): Known {
    if (!this.#known) throw new Error('the first scan tells what can be asked for')
    return this.#known
  }
}
