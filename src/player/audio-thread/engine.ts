// The audio path: decodes ahead, says when each block must sound, hands it to all outputs.
// Runs in a thread of its own (see port.ts); knows no queue, only what sounds and what follows.

import type { Decoder } from '../../audio/index.ts'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { Output } from '../output.ts'
import { Deck, type SoundBlock } from './deck.ts'
import { Feed, type StampedBlock } from './feed.ts'
import { GainLine } from './gain-line.ts'
import type { AudioEvent, Cue, GainSetting, OutputSetting, Playhead } from './messages.ts'
import { Schedule } from './schedule.ts'

/** How much is decoded before it must sound: covers a slow disk and a busy machine. */
const aheadMs = 2000
/** Outputs are tried with this rate before a song tells its own. */
const commonRateHz = 44_100
/** A change of gain begins so long after all that outputs have taken already: a block, and what a busy machine is late. */
const gainMarginMs = 60

interface TimedBlock extends StampedBlock {
  readonly block: SoundBlock
}

export interface EngineOptions {
  readonly clock: Clock
  readonly open: (path: string) => Promise<Decoder>
  readonly makeOutput: (id: string) => Output
  readonly report: (event: AudioEvent) => void
}

export class Engine {
  readonly #options: EngineOptions
  readonly #clock: Clock
  #deck: Deck
  readonly #schedule: Schedule
  readonly #feeds = new Map<string, Feed>()
  /** By play id. */
  readonly #gains = new Map<number, GainLine>()
  /** Stamped and not yet past. */
  #timeline: TimedBlock[] = []
  /** Decoded but not stamped, or taken back: the next to sound. */
  #held: SoundBlock[] = []
  /** The clock's time at which frame `frames` after it sounds is anchorMs + frames / rate. */
  #anchor = { ms: 0, frames: 0, sampleRateHz: commonRateHz }
  #soundingPlayId: number | undefined
  /** Raised to end the producer; each has its own. */
  #generation = 0
  #producer: Promise<void> = Promise.resolve()
  #wake = new AbortController()
  #isPlaying = false
  /** Everything has sounded and nothing follows: what comes then is not late. */
  #hasRunOut = false

  constructor(options: EngineOptions) {
    this.#options = options
    this.#clock = options.clock
    this.#schedule = new Schedule(options.clock)
    this.#deck = this.#newDeck()
  }

  async play(cue: Cue, positionMs: number, next: Cue | undefined, isPaused: boolean): Promise<Playhead> {
    if (!isPaused) await this.#needOutput()
    if (!this.#deck.holds(cue)) this.#changeDeck()
    await this.#halt()
    this.#held = []
    this.#timeline = [] // what still sounds of before says nothing about this song, which may have no block left
    this.#deck.next = undefined
    await this.#deck.load(cue, positionMs)
    this.#gains.clear()
    this.#setGain(cue)
    this.#follow(next)
    const first = await this.#deck.read()
    if (first !== undefined) this.#held = [first]
    this.#soundingPlayId = cue.playId
    const atMs = isPaused ? this.#clock.nowMs() : this.#start()
    if (first?.playId === cue.playId) return this.#playheadOf(first, atMs)
    return { playId: cue.playId, positionMs, atMs, lengthMs: undefined }
  }

  async setNext(next: Cue | undefined): Promise<void> {
    const isAhead = this.#deck.playId !== this.#soundingPlayId && this.#deck.playId !== undefined
    const ahead = this.#timeline.find(
      ({ block }) => block.playId !== this.#soundingPlayId && block.isFollowing,
    )
    const heldAhead = this.#held.findIndex(({ playId }) => playId !== this.#soundingPlayId)
    if (!isAhead && ahead === undefined && heldAhead < 0) {
      this.#follow(next)
      this.#stir()
      return
    }
    // The song before this choice is decoded already, in part or whole: taken back as far as it has not sounded.
    const wasPlaying = this.#isPlaying
    this.#schedule.keepDue()
    await this.#halt()
    this.#held = this.#held.filter(({ playId }) => playId === this.#soundingPlayId)
    if (this.#deck.playId !== this.#soundingPlayId) await this.#deck.unload()
    this.#follow(next)
    if (wasPlaying)
      this.#start(this.#timeline.length > 0 || this.#held.length > 0 ? this.#endMs() : undefined)
  }

  /** Stops at the end of the block that sounds now; what comes after is kept for `resume`. */
  async pause(): Promise<Playhead | undefined> {
    await this.#halt()
    const first = this.#held[0]
    return first === undefined ? undefined : this.#playheadOf(first, this.#clock.nowMs())
  }

  async resume(): Promise<Playhead | undefined> {
    await this.#needOutput()
    if (this.#isPlaying || this.#soundingPlayId === undefined) return undefined
    const first = this.#held[0]
    const atMs = this.#start()
    return first === undefined ? undefined : this.#playheadOf(first, atMs)
  }

  async stop(): Promise<void> {
    await this.#halt()
    this.#held = []
    this.#deck.next = undefined
    this.#soundingPlayId = undefined
    await this.#deck.unload()
  }

  /** In a ramp that begins after what outputs have taken already, so that all of them do it at the same moment. */
  setGains(settings: readonly GainSetting[]): void {
    const fromMs = this.#soonestMs() + gainMarginMs
    for (const { playId, gain } of settings) this.#gains.get(playId)?.change(gain, fromMs)
  }

  async setOutputs(settings: readonly OutputSetting[]): Promise<void> {
    const wanted = new Set(settings.map(({ id }) => id))
    const leaving = [...this.#feeds].filter(([id]) => !wanted.has(id))
    for (const [id] of leaving) this.#feeds.delete(id)
    await Promise.all(
      leaving.map(async ([, feed]) => {
        await feed.cut(this.#clock.nowMs())
        await feed.close()
      }),
    )
    const coming = settings.filter(({ id }) => !this.#feeds.has(id))
    await Promise.all(coming.map(({ id }) => this.#addOutput(id)))
    await this.setVolumes(settings)
  }

  async setVolumes(settings: readonly OutputSetting[]): Promise<void> {
    await Promise.all(settings.map(({ id, volumePercent }) => this.#feeds.get(id)?.setVolume(volumePercent)))
  }

  async close(): Promise<void> {
    await this.stop()
    await this.setOutputs([])
  }

  async #addOutput(id: string): Promise<void> {
    const report = (trouble: string | undefined) =>
      this.#options.report({ name: 'trouble', outputId: id, trouble })
    const reportUnderruns = (count: number) =>
      this.#options.report({ name: 'underruns', outputId: id, count })
    let output: Output
    try {
      output = this.#options.makeOutput(id)
    } catch (error) {
      return report(reasonOf(error))
    }
    const feed = new Feed(output, this.#clock, { onTrouble: report, onUnderruns: reportUnderruns })
    await feed.open(this.#anchor.sampleRateHz)
    // It joins with what it can still be given in time.
    const joinMs = this.#clock.nowMs() + output.latencyMs
    for (const block of this.#timeline) if (block.atMs >= joinMs) feed.push(block)
    this.#feeds.set(id, feed)
  }

  /** Tries the ones in trouble again; NO_OUTPUT when none is left. */
  async #needOutput(): Promise<void> {
    const feeds = [...this.#feeds.values()]
    const tries = feeds.filter(({ isWell }) => !isWell).map((feed) => feed.open(commonRateHz))
    if (feeds.some(({ isWell }) => isWell)) return // nobody waits for one that hangs
    await Promise.all(tries)
    if (feeds.some(({ isWell }) => isWell)) return
    const reason = feeds.map(({ trouble }) => trouble).find((trouble) => trouble !== undefined)
    throw new KnownError('NO_OUTPUT', reason === undefined ? {} : { reason })
  }

  // --- the stream of blocks

  #newDeck(): Deck {
    const { open, report } = this.#options
    return new Deck(open, (playId, error) => report({ name: 'failed', playId, reason: reasonOf(error) }))
  }

  /** What the old one is opening or decoding ahead is of no use any more, and not waited for. */
  #changeDeck(): void {
    const [old, producer] = [this.#deck, this.#producer]
    this.#deck = this.#newDeck()
    this.#producer = Promise.resolve()
    void producer.then(() => old.unload()).catch(() => {}) // nothing of it sounds, nobody has to know
  }

  #follow(next: Cue | undefined): void {
    this.#deck.next = next
    if (next !== undefined) this.#setGain(next)
    const oldest = this.#timeline[0]?.block.playId ?? this.#soundingPlayId ?? 0
    for (const playId of this.#gains.keys()) if (playId < oldest) this.#gains.delete(playId)
  }

  #setGain({ playId, gain = 1 }: Cue): void {
    this.#gains.set(playId, new GainLine(gain))
  }

  /** Goes on with what is held, then decodes. Answers when the first of it sounds. */
  #start(atMs = this.#soonestMs()): number {
    this.#isPlaying = true
    const sampleRateHz = this.#held[0]?.sampleRateHz ?? this.#anchor.sampleRateHz
    this.#anchor = { ms: atMs, frames: 0, sampleRateHz }
    this.#generation += 1
    this.#producer = this.#produce(this.#generation)
    return atMs
  }

  /** The earliest moment at which all outputs can sound together. */
  #soonestMs(): number {
    const well = [...this.#feeds.values()].filter(({ isWell }) => isWell)
    return this.#clock.nowMs() + Math.max(0, ...well.map(({ output }) => output.latencyMs))
  }

  /** Takes back all that is not sounding yet, in the order in which it would have sounded. */
  async #halt(): Promise<void> {
    this.#schedule.keepDue()
    this.#isPlaying = false
    this.#generation += 1
    const now = this.#clock.nowMs()
    const kept = this.#timeline.filter(({ atMs }) => atMs <= now)
    const taken = this.#timeline.slice(kept.length)
    const fromMs = taken[0]?.atMs ?? this.#endMs()
    this.#timeline = kept
    this.#held = [...taken.map(({ block }) => block), ...this.#held]
    if (taken.length > 0) this.#anchor = { ms: fromMs, frames: 0, sampleRateHz: this.#anchor.sampleRateHz }
    this.#schedule.cancelFrom(fromMs)
    this.#stir()
    await Promise.all([...this.#feeds.values()].map((feed) => feed.cut(fromMs)))
    await this.#producer // it may bring one block more, to the end of what is held
  }

  async #produce(generation: number): Promise<void> {
    const deck = this.#deck
    while (generation === this.#generation) {
      const roomAtMs = this.#endMs() - aheadMs
      if (roomAtMs > this.#clock.nowMs()) {
        await this.#sleep(roomAtMs)
        continue
      }
      const block = this.#held.shift() ?? (await deck.read())
      if (generation !== this.#generation) {
        if (block !== undefined && deck === this.#deck) this.#held.push(block)
        return
      }
      if (block !== undefined) this.#stamp(block)
      else await this.#awaitNext(generation)
    }
  }

  /** Nothing to decode: says so when the last sound is over, unless something follows before. */
  async #awaitNext(generation: number): Promise<void> {
    const endMs = this.#endMs()
    const playId = this.#timeline.at(-1)?.block.playId ?? this.#soundingPlayId
    if (playId !== undefined)
      this.#schedule.add(endMs, () => {
        this.#soundingPlayId = undefined
        this.#hasRunOut = true
        this.#options.report({ name: 'ended', playId })
      })
    await this.#sleep(
      Number.POSITIVE_INFINITY,
      () => generation === this.#generation && this.#deck.next === undefined,
    )
    if (generation === this.#generation) this.#schedule.cancelFrom(endMs)
  }

  #stamp(block: SoundBlock): void {
    const now = this.#clock.nowMs()
    const isLate = this.#endMs() < now && this.#timeline.length > 0
    if (isLate && !this.#hasRunOut) for (const feed of this.#feeds.values()) feed.countTear()
    this.#hasRunOut = false
    if (block.sampleRateHz !== this.#anchor.sampleRateHz || isLate)
      this.#anchor = {
        ms: isLate ? this.#soonestMs() : this.#endMs(),
        frames: 0,
        sampleRateHz: block.sampleRateHz,
      }
    const atMs = this.#endMs()
    this.#anchor.frames += block.samples.length / 2
    const timed = {
      samples: block.samples,
      atMs,
      sampleRateHz: block.sampleRateHz,
      gain: this.#gains.get(block.playId),
      block,
    }
    this.#timeline = [...this.#timeline.filter((other) => endOf(other) > now), timed]
    for (const feed of this.#feeds.values()) feed.push(timed)
    if (block.playId !== this.#soundingPlayId && block.isFollowing)
      this.#schedule.add(atMs, () => {
        this.#soundingPlayId = block.playId
        this.#options.report({ name: 'started', playhead: this.#playheadOf(block, atMs) })
      })
    else if (isLate) this.#options.report({ name: 'moved', playhead: this.#playheadOf(block, atMs) })
  }

  /** When the block after the last stamped one must sound. */
  #endMs(): number {
    return this.#anchor.ms + (this.#anchor.frames / this.#anchor.sampleRateHz) * 1000
  }

  #playheadOf({ playId, frame, sampleRateHz, lengthFrames }: SoundBlock, atMs: number): Playhead {
    const msOf = (frames: number) => (frames / sampleRateHz) * 1000
    return {
      playId,
      positionMs: msOf(frame),
      atMs,
      lengthMs: lengthFrames === undefined ? undefined : msOf(lengthFrames),
    }
  }

  async #sleep(untilMs: number, isIdle = () => true): Promise<void> {
    this.#wake = new AbortController()
    const { signal } = this.#wake
    if (!isIdle()) return
    if (untilMs === Number.POSITIVE_INFINITY) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    } else await this.#clock.until(untilMs, signal).catch(() => {}) // stirred: look again
  }

  #stir(): void {
    this.#wake.abort()
  }
}

function endOf({ atMs, samples, sampleRateHz }: TimedBlock): number {
  return atMs + (samples.length / 2 / sampleRateHz) * 1000
}

function reasonOf(error: unknown): string {
  if (error instanceof KnownError && typeof error.details['reason'] === 'string')
    return error.details['reason']
  return error instanceof Error ? error.message : String(error)
}
