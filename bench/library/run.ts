// npm run bench -- library: starts the host on a made library and asks it as clients do. The order of things:
// a first scan; some starts, each followed by the first requests of their kind; then one start and everything warm.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ceiling, startCeiling } from '../ceiling.ts'
import { Connection } from '../client.ts'
import { launchHost, type RunningHost } from '../host.ts'
import { forgetPeak, memoryOf } from '../memory.ts'
import { type Row, Rows } from '../rows.ts'
import { percentile } from '../statistics.ts'
import { secondsToAnswer, secondsToPage } from './first-moments.ts'
import { libraryOf } from './generate.ts'
import { Incoming } from './incoming.ts'
import { chanceFrom } from './random.ts'
import { albumsPath, type Known, type ListRequest, pagePath, playlistsPath, requestsFor } from './requests.ts'
import { type Group, rowsOf } from './row-table.ts'
import { requestsPerSecond, tapsWhileListing } from './under-load.ts'
import { holdsAll, Visit } from './visit.ts'

export interface LibraryBench {
  readonly tracks: number
  readonly groups: readonly Group[]
  /** Starts after the first scan. */
  readonly starts: number
  /** A data directory to use and keep; without it a new one each time. */
  readonly data: string | undefined
  say(what: string): void
}

export interface LibraryResult {
  readonly rows: readonly Row[]
  readonly hasFailed: boolean
}

/** Idle is idle: the engine gives back what a thread took some eight seconds after it has ended. */
const settleMs = 12_000
/** Later than this nobody would call it told. */
const toldMs = 15_000

export async function benchLibrary(bench: LibraryBench): Promise<LibraryResult> {
  bench.say(`the library of ${bench.tracks} songs`)
  const { folder } = libraryOf({ tracks: bench.tracks })
  const work = mkdtempSync(join(tmpdir(), 'tonearm-bench-run-'))
  const cleanUp = () => rmSync(work, { recursive: true, force: true })
  process.once('exit', cleanUp)
  let ceiling: Ceiling | undefined
  try {
    ceiling = await startCeiling(join(work, 'answers'))
    const run = new Run(bench, folder, work, ceiling)
    await run.firstScan()
    await run.memory()
    for (let round = 0; round < bench.starts; round += 1) await run.start(round)
    await run.warm()
    return { rows: run.rows.all(), hasFailed: run.rows.hasFailed }
  } finally {
    await ceiling?.stop()
    process.off('exit', cleanUp)
    cleanUp()
  }
}

class Run {
  readonly rows = new Rows()
  readonly #bench: LibraryBench
  readonly #folders: readonly string[]
  readonly #incoming: Incoming
  readonly #data: string
  readonly #ceiling: Ceiling
  readonly #requests: readonly ListRequest[]
  #known: Known | undefined

  constructor(bench: LibraryBench, folder: string, work: string, ceiling: Ceiling) {
    this.#bench = bench
    this.#incoming = new Incoming(work)
    this.#data = bench.data ?? join(work, 'data')
    this.#folders = [folder, this.#incoming.folder]
    this.#ceiling = ceiling
    this.#requests = requestsFor(bench.tracks).filter(({ group }) => this.#isWanted(group))
    for (const { name, ...facts } of rowsOf(bench.tracks, bench.groups)) this.rows.declare(name, facts)
  }

  /** Also what makes the data directory that all others use. */
  async firstScan(): Promise<void> {
    this.#bench.say('first scan')
    const host = await this.#start()
    try {
      const { at, event } = await host.scanned(this.#scanDeadlineMs)
      if (event.added >= this.#bench.tracks) this.rows.add('first-scan', 'first', (at - host.readyAt) / 1000)
      else this.rows.note('first-scan', 'the data directory knew the songs already')
      this.#addMemory('memory-scan', memoryOf(host.pid)?.peakMb)
      if (event.failed > 0) this.rows.note('first-scan', `${event.failed} files could not be read`)
      const visit = await Visit.begin(host)
      this.#known = await visit.learn(event.tracks)
      visit.end()
    } finally {
      await host.stop()
    }
  }

  /** A start on what is known, and the first request of each kind. */
  async start(round: number): Promise<void> {
    this.#bench.say(`start ${round + 1} of ${this.#bench.starts}`)
    await this.#firstPage(round)
    const started = this.#launch()
    try {
      this.rows.add('start', 'first', await secondsToAnswer(started))
      const host = await started.ready()
      const { at } = await host.scanned(this.#scanDeadlineMs)
      this.rows.add('rescan', 'again', (at - host.readyAt) / 1000)
      const visit = await Visit.begin(host)
      await this.#firstRequests(visit, round)
      visit.end()
    } finally {
      await started.stop()
    }
  }

  /** Before a remote connects, and with one that looked around and waits for news. */
  async memory(): Promise<void> {
    if (!this.#isWanted('memory')) return
    this.#bench.say('memory')
    const host = await this.#start()
    try {
      await host.scanned(this.#scanDeadlineMs)
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
      await host.scanned(this.#scanDeadlineMs)
      const visit = await Visit.begin(host)
      for (const request of this.#requests) {
        this.#bench.say(request.row)
        await this.#attempt(request.row, () => this.#again(visit, request))
      }
      await this.#attemptGroup('pages', 'pages', () => this.#pages(visit))
      await this.#attemptGroup('tap', 'tap', () => this.#taps(visit))
      await this.#attemptGroup('copied', 'copied', () => this.#copied(visit))
      if (this.#isWanted('memory')) await this.#resident('memory-after', host)
      visit.end()
    } finally {
      await host.stop()
    }
  }

  // --- one thing each

  /** In a start of its own: whoever asks so early is in the way of the scan, and warms up what others ask for first. */
  async #firstPage(round: number): Promise<void> {
    if (!this.#isWanted('start')) return
    const started = this.#launch()
    try {
      const asking = { data: this.#data, known: this.#whatIsKnown(), chance: chanceFrom(round) }
      this.rows.add('start-page', 'first', await secondsToPage(started, asking))
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
      if (request.row === 'items-gzip' && round % 2 === 0 && this.#bench.starts > 1) continue
      await this.#attempt(request.row, async () => {
        const answer = await visit.ask(request.target(known, chance, round), request)
        this.rows.add(request.row, 'first', answer.wholeMs)
        if (request.firstByteTargets) this.rows.add(`${request.row}-first-byte`, 'first', answer.firstByteMs)
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
    const ceilingPath = this.#ceiling.learn(row, sample.body ?? new Uint8Array())
    const ceiling = await Connection.open(this.#ceiling.port)
    try {
      await ceiling.get(ceilingPath)
      for (let time = 1; time <= times; time += 1) {
        const answer = await visit.ask(request.target(known, chance, time), request)
        const highest = await ceiling.get(ceilingPath)
        this.rows.add(row, 'again', answer.wholeMs)
        this.rows.add(row, 'ceiling', highest.wholeMs)
        if (!request.firstByteTargets) continue
        this.rows.add(`${row}-first-byte`, 'again', answer.firstByteMs)
        this.rows.add(`${row}-first-byte`, 'ceiling', highest.firstByteMs)
      }
    } finally {
      ceiling.close()
    }
    this.rows.note(row, `${(sample.bytes / 1e6).toFixed(sample.bytes < 1e5 ? 3 : 1)} MB`)
  }

  async #pages(visit: Visit): Promise<void> {
    const known = this.#whatIsKnown()
    const seconds = 3
    const page = visit.own(pagePath(known, chanceFrom(1)))
    const { body } = await visit.connection.get(page, { keepsBody: true })
    const ceilingPath = this.#ceiling.learn('pages', body ?? new Uint8Array())
    for (let run = 0; run < 3; run += 1) {
      const perSecond = await requestsPerSecond(visit.host.port, 4, seconds, (chance) =>
        visit.own(pagePath(known, chance)),
      )
      this.rows.add('pages', 'again', perSecond)
      this.rows.add(
        'pages',
        'ceiling',
        await requestsPerSecond(this.#ceiling.port, 4, seconds, () => ceilingPath),
      )
    }
  }

  async #taps(visit: Visit): Promise<void> {
    const items = requestsFor(this.#bench.tracks).find(({ row }) => row === 'items')
    if (!items) return
    const listing = visit.own(items.target(this.#whatIsKnown(), chanceFrom(1), 0))
    const tap = visit.own('/ctrl-int/1/setproperty?dmcp.volume={n}')
    const { pid, port } = visit.host
    for (let run = 0; run < 3; run += 1) {
      forgetPeak(pid)
      const { taps, listingsMs } = await tapsWhileListing(port, { listing, tap })
      this.rows.add('tap', 'again', Math.max(...taps))
      this.rows.add('tap-95', 'again', percentile(taps, 95))
      this.rows.add('tap-listings', 'again', listingsMs)
      this.#addMemory('tap-memory', memoryOf(pid)?.peakMb)
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
          this.rows.add('copied', 'again', (toldAt - copiedAt) / 1000)
          break
        }
        waiting = await visit.wait(revision, toldMs)
      }
    }
  }

  async #resident(row: string, { pid }: RunningHost): Promise<void> {
    await pause(settleMs)
    this.#addMemory(row, memoryOf(pid)?.nowMb)
  }

  // --- means

  /** Where the kernel does not say it, the row stays empty. */
  #addMemory(row: string, megabytes: number | undefined): void {
    if (megabytes === undefined) this.rows.note(row, 'only where there is /proc')
    else this.rows.add(row, 'again', megabytes)
  }

  #start() {
    return this.#launch().ready()
  }

  #launch() {
    return launchHost({ folders: this.#folders, data: this.#data })
  }

  #whatIsKnown(): Known {
    if (!this.#known) throw new Error('the first scan tells what can be asked for')
    return this.#known
  }

  get #scanDeadlineMs(): number {
    return 120_000 + this.#bench.tracks * 5
  }

  #isWanted(group: Group): boolean {
    return this.#bench.groups.includes(group)
  }

  async #attemptGroup(group: Group, row: string, measure: () => Promise<void>): Promise<void> {
    if (!this.#isWanted(group)) return
    this.#bench.say(group)
    await this.#attempt(row, measure)
  }

  /** One row that fails is told and leaves the others alone. */
  async #attempt(row: string, measure: () => Promise<void>): Promise<void> {
    try {
      await measure()
    } catch (error) {
      this.rows.fail(row, error)
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
