// The player of docs/queue.md as plainly as it can be said, on top of the simple queue: what plays, from where, and what counts.

import { type SimpleEntry, SimpleQueue } from './simple-queue.ts'

interface Edit {
  readonly before: SimplePlayer
  readonly after: SimpleQueue
  readonly isChoice: boolean
}

/** Each command answers the code of the error it ends with, or undefined. */
export class SimplePlayer {
  queue = new SimpleQueue()
  state: 'stopped' | 'paused' | 'playing' = 'stopped'
  positionMs = 0
  jumpedOverMs = 0
  /** The sound is open: "play" just goes on. */
  isLoaded = false
  edits: readonly Edit[] = []
  sleepsAtEndOfSong = false
  played: readonly number[] = []
  skipped: readonly number[] = []
  readonly durations: ReadonlyMap<number, number>
  /** Songs that cannot be decoded; those that left the library are not in `durations` either. */
  readonly bad: ReadonlySet<number>
  /** Found out to be bad since somebody last asked to play. */
  knownBad: readonly SimpleEntry[] = []

  constructor(durations: ReadonlyMap<number, number>, bad: ReadonlySet<number>) {
    this.durations = durations
    this.bad = bad
  }

  durationMs(): number {
    return this.queue.now === undefined ? 0 : (this.durations.get(this.queue.now.songId) ?? 0)
  }

  pass(ms: number): void {
    if (this.state === 'playing')
      this.positionMs = Math.min(this.positionMs + ms, this.durationMs() || Number.POSITIVE_INFINITY)
  }

  play(): string | undefined {
    if (this.state === 'playing') return undefined
    if (this.isLoaded) {
      this.state = 'playing'
      return undefined
    }
    if (this.queue.now !== undefined) return this.start(this.positionMs, 'playing', this.jumpedOverMs)
    if (this.queue.upNext().length > 0) this.queue.next()
    else this.queue.startOver()
    return this.queue.now === undefined ? 'NOTHING_TO_PLAY' : this.start()
  }

  pause(): undefined {
    if (this.state === 'playing') this.state = 'paused'
  }

  stop(): undefined {
    if (this.state !== 'stopped') this.silence('stopped')
  }

  next(): string | undefined {
    this.countSkip()
    this.queue.next()
    return this.start()
  }

  previous(): string | undefined {
    if (this.state === 'stopped' || this.positionMs < 3000) this.queue.previous()
    return this.start()
  }

  seek(toMs: number): string | undefined {
    if (this.queue.now === undefined) return 'NOTHING_TO_PLAY'
    const target = Math.max(0, Math.min(toMs, this.durationMs() || toMs))
    const jumped = this.jumpedOverMs + Math.max(0, target - this.positionMs)
    return this.start(target, this.state === 'paused' ? 'paused' : 'playing', jumped)
  }

  playNow(
    songIds: readonly number[],
    startIndex: number,
    isShuffled: boolean | undefined,
  ): string | undefined {
    if (songIds.length === 0) return 'NOTHING_TO_PLAY'
    if (startIndex >= songIds.length) return 'NOT_FOUND'
    return this.choose(() => {
      this.queue.isShuffled = isShuffled ?? this.queue.isShuffled
      this.queue.playNow(songIds, startIndex)
    })
  }

  setQueue(
    songIds: readonly number[],
    startIndex: number,
    positionMs: number,
    isPaused: boolean,
  ): string | undefined {
    if (songIds.length === 0) return 'NOTHING_TO_PLAY'
    if (startIndex >= songIds.length) return 'NOT_FOUND'
    return this.choose(
      () => this.queue.setWhole(songIds, startIndex),
      () => {
        const target = Math.min(positionMs, this.durationMs() || positionMs)
        return this.start(target, isPaused ? 'paused' : 'playing', positionMs)
      },
    )
  }

  add(songIds: readonly number[], place: 'next' | 'end'): string | undefined {
    if (songIds.length === 0) return undefined
    if (this.state !== 'stopped') return this.edit(() => this.queue.add(songIds, place))
    return this.choose(() => {
      this.queue.add(songIds, place)
      this.queue.next()
    })
  }

  playAt(offset: number): string | undefined {
    if (offset === 0) return this.queue.now === undefined ? 'NOT_FOUND' : this.start()
    const trial = this.queue.copy()
    if (!trial.jump(offset)) return 'NOT_FOUND'
    if (offset > 0) this.countSkip()
    if (offset > 1) return this.choose(() => this.queue.jump(offset))
    this.queue.jump(offset)
    return this.start()
  }

  clearAll(): undefined {
    this.choose(
      () => this.queue.clear('all'),
      () => this.silence('stopped'),
    )
  }

  /** An edit that leaves the song that plays alone. */
  edit(work: () => boolean | undefined | void): string | undefined {
    const before = this.copy()
    if (work() === false) return 'NOT_FOUND'
    if (!this.looksLike(before.queue)) this.keep({ before, after: this.queue.copy(), isChoice: false })
    return undefined
  }

  undo(): string | undefined {
    const edit = this.edits.at(-1)
    if (edit === undefined) return 'NOTHING_TO_UNDO'
    this.edits = this.edits.slice(0, -1)
    const { before } = edit
    if (!edit.isChoice) {
      this.queue.takeBack(before.queue, edit.after)
      return undefined
    }
    const { repeat, nextNumber, realOrder } = this.queue
    const isPlaying = this.state === 'playing' && before.state === 'playing'
    this.queue = Object.assign(before.queue.copy(), { repeat, nextNumber, realOrder })
    if (before.state !== 'stopped')
      return this.start(before.positionMs, isPlaying ? 'playing' : 'paused', before.jumpedOverMs)
    this.silence('stopped')
    return undefined
  }

  // --- what happens by itself

  songEnds(): void {
    if (this.state !== 'playing' || !this.isLoaded) return
    const { now } = this.queue
    const isCutShort = now !== undefined && this.knownBad.includes(now)
    if (now !== undefined && !isCutShort && this.jumpedOverMs <= this.durationMs() / 2)
      this.played = [...this.played, now.songId]
    this.queue.end()
    if (!this.sleepsAtEndOfSong) return void this.goOn(0, 'playing')
    this.sleepsAtEndOfSong = false
    this.passOver((entry) => this.knownBad.includes(entry) || !this.durations.has(entry.songId))
    this.silence(this.queue.now === undefined ? 'stopped' : 'paused')
  }

  songBreaks(): void {
    if (this.state !== 'playing' || !this.isLoaded || this.queue.now === undefined) return
    this.knownBad = [...this.knownBad, this.queue.now]
    this.songEnds()
  }

  threadDies(): void {
    const wasPlaying = this.state === 'playing'
    this.isLoaded = false
    if (!wasPlaying || this.queue.now === undefined) return
    this.knownBad = [...this.knownBad, this.queue.now]
    this.queue.now = undefined
    this.queue.next()
    this.goOn(0, 'playing')
  }

  restart(): void {
    const { now } = this.queue
    this.queue.keepOnly((songId) => this.durations.has(songId))
    Object.assign(this, {
      edits: [],
      knownBad: [],
      sleepsAtEndOfSong: false,
      isLoaded: false,
      jumpedOverMs: 0,
    })
    this.state = this.queue.now === undefined ? 'stopped' : 'paused'
    if (this.queue.now !== now) this.positionMs = 0
  }

  // --- pieces

  private copy(): SimplePlayer {
    return Object.assign(new SimplePlayer(this.durations, this.bad), this, { queue: this.queue.copy() })
  }

  private looksLike(other: SimpleQueue): boolean {
    const { realOrder: _, ...mine } = this.queue
    const { realOrder: __, ...others } = other
    return JSON.stringify(mine) === JSON.stringify(others)
  }

  private choose(
    work: () => unknown,
    start: () => string | undefined = () => this.start(),
  ): string | undefined {
    const before = this.copy()
    work()
    this.keep({ before, after: this.queue.copy(), isChoice: true })
    return start()
  }

  private keep(edit: Edit): void {
    this.edits = [...this.edits, edit].slice(-20)
  }

  /** Somebody asks for it: every song has its chance again. */
  private start(
    positionMs = 0,
    state: 'playing' | 'paused' = 'playing',
    jumpedOverMs = 0,
  ): string | undefined {
    this.knownBad = []
    this.jumpedOverMs = jumpedOverMs
    const wanted = this.queue.now
    this.goOn(positionMs, state)
    return wanted !== undefined && this.queue.now === undefined ? 'CANNOT_DECODE' : undefined
  }

  /** Plays now playing, or the first after it that can be played. */
  private goOn(positionMs: number, state: 'playing' | 'paused'): void {
    const wanted = this.queue.now
    this.passOver(({ songId }) => this.bad.has(songId) || !this.durations.has(songId))
    if (this.queue.now === undefined) return this.silence('stopped')
    this.positionMs = this.queue.now === wanted ? positionMs : 0
    if (this.positionMs === 0) this.jumpedOverMs = 0
    this.state = state
    this.isLoaded = true
  }

  /** Songs that cannot be played leave without a trace in the history; each is tried once. */
  private passOver(isBad: (entry: SimpleEntry) => boolean): void {
    for (let tries = this.queue.upNext().length + this.queue.order.length + 1; tries > 0; tries -= 1) {
      const { now } = this.queue
      if (now === undefined || !(isBad(now) || this.knownBad.includes(now))) return
      this.knownBad = [...this.knownBad, now]
      this.queue.now = undefined
      this.queue.next()
    }
    Object.assign(this.queue, { now: undefined, byHand: [], had: this.queue.order.length })
  }

  private silence(state: 'stopped' | 'paused'): undefined {
    Object.assign(this, { state, positionMs: 0, jumpedOverMs: 0, isLoaded: false })
  }

  private countSkip(): void {
    if (this.queue.now === undefined || this.state === 'stopped') return
    if (this.positionMs >= 2000 && this.positionMs < 20_000)
      this.skipped = [...this.skipped, this.queue.now.songId]
  }
}
