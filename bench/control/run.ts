// npm run bench -- control: how quickly a tap sounds, and how quickly everybody knows of it. One start for the taps of
// each round; then one host with a crowd that waits, alone and beside full listings, while it plays.

import { setTimeout as pause } from 'node:timers/promises'
import { child, decode } from '../../src/protocol/index.ts'
import { Connection } from '../client.ts'
import { type BenchOrder, type BenchResult, benchOf, type Frame } from '../frame.ts'
import { type RunningHost, startHost } from '../host.ts'
import { chanceFrom } from '../library/random.ts'
import { type Known, requestsFor } from '../library/requests.ts'
import { listEverything } from '../library/under-load.ts'
import { Visit } from '../library/visit.ts'
import { memoryOf } from '../memory.ts'
import { longSongFolder, longSongTitle } from './long-song.ts'
import { type Group, leastForMemory, rowsOf } from './row-table.ts'
import { type Crowd, gatherCrowd, monotonicMs } from './waiting.ts'

interface ControlOrder extends BenchOrder<Group> {
  /** How many remotes wait, one crowd after the other. */
  readonly remotes: readonly number[]
  /** Starts, for the first tap of each. */
  readonly starts: number
}

const settleMs = 2000
const tapsEach = 8
/** Commands that a crowd is told of: small ones are quick, and their figures scatter more. */
const roundsOf = (remotes: number) => (remotes >= 10_000 ? 9 : remotes >= 100 ? 15 : 40)
/** The host lets one remote have so many sessions. */
const sessionsEach = 32
const waitPath = (revision: number) =>
  `/ctrl-int/1/playstatusupdate?revision-number=${revision}&session-id={session}`

export function benchControl(order: ControlOrder): Promise<BenchResult> {
  return benchOf(order, rowsOf(order.remotes), async (frame) => {
    const run = new Run(frame, [frame.folder, longSongFolder(frame.work)])
    await run.learn()
    await run.taps(order.starts)
    await run.crowds(order.remotes)
  })
}

class Run {
  readonly #frame: Frame<Group>
  readonly #folders: readonly string[]
  #known: Known | undefined
  #volume = 20
  #tears = 0

  constructor(frame: Frame<Group>, folders: readonly string[]) {
    this.#frame = frame
    this.#folders = folders
  }

  /** A first scan, and what has to be known for the questions. */
  async learn(): Promise<void> {
    this.#frame.say('first scan')
    await this.#withHost(async (host) => {
      const visit = await Visit.begin(host)
      this.#known = await visit.learn(this.#frame.tracks)
      visit.end()
    })
  }

  /** The first tap after a start, and more. */
  async taps(starts: number): Promise<void> {
    if (!this.#frame.isWanted('tap')) return
    for (let round = 0; round < starts; round += 1) {
      this.#frame.say(`taps, start ${round + 1} of ${starts}`)
      await this.#frame.attempt('tap-playing', () =>
        this.#withHost(async (host) => {
          const visit = await Visit.begin(host)
          await pause(settleMs) // nobody taps in the moment in which the remote comes in
          const chance = chanceFrom(round)
          this.#frame.rows.add('tap-playing', 'first', await this.#tap(visit, chance))
          for (let tap = 0; tap < tapsEach; tap += 1)
            this.#frame.rows.add('tap-playing', 'again', await this.#tap(visit, chance))
          visit.end()
        }),
      )
    }
  }

  /** From sending the command for an album until a waiting remote is told that a song of it plays; ms. */
  async #tap(visit: Visit, chance: ReturnType<typeof chanceFrom>): Promise<number> {
    const { albumIds } = this.#whatIsKnown()
    const album = albumIds[chance.whole(albumIds.length)] ?? 0n
    const watcher = await Connection.open(visit.host.port)
    try {
      let status = await statusOf(watcher, visit, 1)
      const startedAt = performance.now()
      const tapped = visit.command(
        `/ctrl-int/1/playqueue-edit?command=add&query='daap.songalbumid:${album}'&sort=album&mode=1`,
      )
      const told = async () => {
        do status = await statusOf(watcher, visit, status.revision)
        while (!(status.isPlaying && status.albumId === album))
        return performance.now() - startedAt
      }
      const [ms] = await Promise.all([told(), tapped])
      return ms
    } finally {
      watcher.close()
    }
  }

  /** Remotes that wait, while a long song plays. */
  async crowds(crowds: readonly number[]): Promise<void> {
    if (!this.#frame.isWanted('told') && !this.#frame.isWanted('load') && !this.#frame.isWanted('memory'))
      return
    await this.#withHost(async (host) => {
      const visit = await Visit.begin(host)
      await visit.command(
        `/ctrl-int/1/cue?command=play&query='dmap.itemname:${encodeURIComponent(longSongTitle)}'`,
      )
      const small = crowds.filter((remotes) => remotes < 10_000)
      for (const remotes of small) await this.#crowd(visit, remotes)
      if (this.#frame.isWanted('memory')) {
        await pause(settleMs)
        this.#frame.addMemory('memory-after', memoryOf(host.pid)?.nowMb)
      }
      for (const remotes of crowds) if (!small.includes(remotes)) await this.#crowd(visit, remotes)
      if (this.#frame.isWanted('load'))
        this.#frame.rows.add('underruns', 'again', await this.#countTears(visit))
      visit.end()
    })
  }

  async #crowd(visit: Visit, remotes: number): Promise<void> {
    const before = memoryOf(visit.host.pid)?.nowMb
    const sessions = await this.#sessions(visit, remotes)
    await this.#frame.attempt(`told-${remotes}`, async () => {
      const crowd = await gatherCrowd(visit.host.port, sessions)
      try {
        if (this.#frame.isWanted('told')) await this.#quietRounds(visit, crowd, remotes, before)
        if (this.#frame.isWanted('load')) await this.#loadedRounds(visit, crowd, remotes)
      } finally {
        await crowd.stop()
      }
    })
  }

  /** As many as a host has remotes: 32 sessions each. */
  async #sessions(visit: Visit, remotes: number): Promise<number[]> {
    this.#frame.say(`${remotes} remotes log in`)
    const sessions: number[] = []
    while (sessions.length < remotes) {
      const guid = await visit.pairSomebody()
      for (let one = 0; one < sessionsEach && sessions.length < remotes; one += 1)
        sessions.push(await visit.loginAs(guid))
    }
    return sessions
  }

  async #quietRounds(
    visit: Visit,
    crowd: Crowd,
    remotes: number,
    beforeMb: number | undefined,
  ): Promise<void> {
    this.#frame.say(`${remotes} remotes wait`)
    const host = visit.host.pid
    const each = (name: string) => {
      const nowMb = memoryOf(host)?.nowMb
      if (remotes >= leastForMemory && nowMb !== undefined && beforeMb !== undefined)
        this.#frame.rows.add(name, 'again', ((nowMb - beforeMb) * 1000) / remotes)
    }
    for (let round = 0; round < roundsOf(remotes); round += 1) {
      await this.#tell(visit, crowd, remotes, '', () => {
        if (round === 0) each(`memory-waiting-${remotes}`)
      })
    }
    await crowd.wait(waitPath(await visit.playRevision()))
    each(`memory-answered-${remotes}`)
    await this.#changeVolume(visit)
    await crowd.told(undefined)
    await this.#ceilingOf(remotes)
  }

  async #loadedRounds(visit: Visit, crowd: Crowd, remotes: number): Promise<void> {
    this.#frame.say(`${remotes} remotes wait while 8 listings run`)
    const items = requestsFor(this.#frame.tracks).find(({ row }) => row === 'items')
    if (!items) return
    const listing = visit.own(items.target(this.#whatIsKnown(), chanceFrom(1), 0))
    const listings = listEverything(visit.host.port, listing)
    const over = new AbortController()
    const listed = listings
      .then((ms) => this.#frame.rows.add('load-listings', 'again', ms))
      .finally(() => over.abort())
    while (!over.signal.aborted) await this.#tell(visit, crowd, remotes, 'load-')
    await listed
  }

  /** All wait; a command; when the last is told, and how many were not. */
  async #tell(
    visit: Visit,
    crowd: Crowd,
    remotes: number,
    rows: '' | 'load-',
    whenAllWait = () => {},
  ): Promise<void> {
    await crowd.wait(waitPath(await visit.playRevision()))
    whenAllWait()
    const sentAtMs = monotonicMs()
    await this.#changeVolume(visit)
    const { told, lastAtMs } = await crowd.told(await visit.playRevision())
    if (lastAtMs !== null) this.#frame.rows.add(`${rows}told-${remotes}`, 'again', lastAtMs - sentAtMs)
    this.#frame.rows.add(`${rows}lost-${remotes}`, 'again', remotes - told)
    await this.#countTears(visit)
  }

  /** How often the sound tore so far; said when it was more often than before, so that one knows when. */
  async #countTears(visit: Visit): Promise<number> {
    const tears = await visit.underruns()
    if (tears > this.#tears) this.#frame.say(`the sound tore: ${tears} times so far`)
    this.#tears = tears
    return tears
  }

  #changeVolume(visit: Visit): Promise<void> {
    this.#volume = this.#volume === 20 ? 21 : 20
    return visit.command(`/ctrl-int/1/setproperty?dmcp.volume=${this.#volume}`)
  }

  /** As many held by a server that does nothing else, told the same bytes. */
  async #ceilingOf(remotes: number): Promise<void> {
    const answer = new Uint8Array(300)
    this.#frame.ceiling.learn('status', answer)
    const crowd = await gatherCrowd(
      this.#frame.ceiling.port,
      Array.from({ length: remotes }, (_, at) => at),
    )
    const teller = await Connection.open(this.#frame.ceiling.port)
    try {
      for (let round = 0; round < roundsOf(remotes); round += 1) {
        await crowd.wait('/held/status')
        const sentAtMs = monotonicMs()
        await teller.get('/tell')
        const { lastAtMs } = await crowd.told(undefined)
        if (lastAtMs !== null) this.#frame.rows.add(`told-${remotes}`, 'ceiling', lastAtMs - sentAtMs)
      }
    } finally {
      teller.close()
      await crowd.stop()
    }
  }

  // --- means

  async #withHost(work: (host: RunningHost) => Promise<void>): Promise<void> {
    const host = await startHost({ folders: this.#folders, data: this.#frame.data })
    try {
      await host.scanned(this.#frame.scanDeadlineMs)
      await work(host)
    } finally {
      await host.stop()
    }
  }

  #whatIsKnown(): Known {
    if (!this.#known) throw new Error('the first scan tells what can be asked for')
    return this.#known
  }
}

interface Status {
  readonly revision: number
  readonly isPlaying: boolean
  readonly albumId: bigint | undefined
}

async function statusOf(connection: Connection, visit: Visit, revision: number): Promise<Status> {
  const path = visit.own(`/ctrl-int/1/playstatusupdate?revision-number=${revision}`)
  const { body } = await connection.get(path, { keepsBody: true })
  const status = child(decode(body ?? new Uint8Array()), 'cmst') ?? []
  return {
    revision: child(status, 'cmsr') ?? 0,
    isPlaying: child(status, 'caps') === 4,
    albumId: child(status, 'asai'),
  }
}
