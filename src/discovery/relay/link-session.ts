// A connection to another relay, once it is known who that is: our links' services go out, theirs come in.

import type { Duplex } from 'node:stream'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { isResponse } from '../dns/message.ts'
import type { End } from './exchange.ts'
import { FrameReader, frameOf, stillHere } from './link-frames.ts'
import { askFor, goneMessage, newsOf, readAsked, readNews } from './link-messages.ts'
import { keyOf, mostServices, printOf, type RelayedService } from './relayed-service.ts'

export interface LinkSession extends End {
  readonly kind: 'peer'
  /** Settles at the end, with what ended it. */
  readonly ended: Promise<Error | undefined>
  close(): void
}

export interface LinkSessionOptions {
  readonly name: string
  readonly types: readonly string[]
  readonly clock: Clock
  /** `offers` changed. */
  readonly onChange: () => void
  /** Somebody there asks for this one of what is shown. */
  readonly onAsked: (key: string) => void
}

/** Said this often, so that silence means something: what is shown must not outlive its host by much. */
const beatMs = 3000
const silenceMs = 9000
/** Frames at once, and then per second; who keeps to it never loses a connection, whatever flaps on its links. */
const budget = { atOnce: 400, perSecond: 20 } as const
/** Ours runs a little behind its clock: theirs must never see us go faster. */
const heardBudget = { atOnce: 600, perSecond: 40 } as const
/** Frames of ours that wait in the socket: the other end does not read. */
const mostWaitingBytes = 1 << 20

export function linkSession(stream: Duplex, options: LinkSessionOptions): LinkSession {
  return new RunningSession(stream, options)
}

class RunningSession implements LinkSession {
  readonly kind = 'peer'
  readonly name: string
  readonly offers = new Map<string, RelayedService>()
  readonly taken = new Set<string>()
  readonly ended: Promise<Error | undefined>
  readonly #stream: Duplex
  readonly #options: LinkSessionOptions
  readonly #sent = new Map<string, { print: string; service: RelayedService }>()
  readonly #reader = new FrameReader()
  readonly #ours: Budget
  readonly #theirs: Budget
  readonly #ending = new AbortController()
  #wanted: readonly RelayedService[] = []
  #heardMs: number
  #wakeUp = new AbortController()

  constructor(stream: Duplex, options: LinkSessionOptions) {
    const nowMs = options.clock.nowMs()
    this.name = options.name
    this.#stream = stream
    this.#options = options
    this.#heardMs = nowMs
    this.#ours = new Budget(budget, nowMs)
    this.#theirs = new Budget(heardBudget, nowMs)
    const { promise, resolve } = Promise.withResolvers<Error | undefined>()
    this.ended = promise
    stream.on('data', (bytes: Uint8Array) => this.#hear(bytes))
    stream.on('error', (fault) => this.#end(fault))
    stream.on('close', () => this.#end())
    this.#ending.signal.addEventListener('abort', () => {
      const { reason } = this.#ending.signal
      resolve(reason instanceof EndOfLink ? undefined : reason)
    })
    void this.#run()
  }

  show(services: readonly RelayedService[]): void {
    this.#wanted = services.slice(0, mostServices)
    this.#wakeUp.abort()
  }

  /** Left out when much else is to be said: it will be asked for again. */
  reconfirm(service: RelayedService): void {
    if (this.#ours.take(this.#options.clock.nowMs())) this.#write(frameOf(askFor(service)))
  }

  close(): void {
    this.#end()
  }

  #end(fault: Error = new EndOfLink()): void {
    if (this.#ending.signal.aborted) return
    this.#ending.abort(fault)
    this.#wakeUp.abort()
    this.#stream.destroy()
  }

  #hear(bytes: Uint8Array): void {
    if (this.#ending.signal.aborted) return
    const nowMs = this.#options.clock.nowMs()
    this.#heardMs = nowMs
    try {
      let isChanged = false
      for (const message of this.#reader.push(bytes)) {
        if (!this.#theirs.take(nowMs)) throw new KnownError('RELAY_FLOODS', { relay: this.name })
        if (message === undefined) continue
        if (!isResponse(message)) {
          this.#options.onAsked(keyOf(readAsked(message, this.#options.types)))
          continue
        }
        const news = readNews(message, this.#options.types)
        const key = keyOf(news)
        if (!news.service) this.offers.delete(key)
        else if (this.offers.has(key) || this.offers.size < mostServices) this.offers.set(key, news.service)
        isChanged = true
      }
      if (isChanged) this.#options.onChange()
    } catch (fault) {
      this.#end(fault instanceof Error ? fault : new Error(String(fault)))
    }
  }

  async #run(): Promise<void> {
    const { clock } = this.#options
    let beatDueMs = clock.nowMs()
    while (!this.#ending.signal.aborted) {
      const nowMs = clock.nowMs()
      if (nowMs - this.#heardMs > silenceMs)
        return this.#end(new KnownError('RELAY_GONE', { relay: this.name }))
      this.#wakeUp = new AbortController()
      const isAllSaid = this.#tellChanges(nowMs)
      if (nowMs >= beatDueMs) {
        beatDueMs = nowMs + beatMs
        this.#write(stillHere)
      }
      const untilMs = isAllSaid ? beatDueMs : Math.min(beatDueMs, nowMs + 1000 / budget.perSecond)
      await clock.until(untilMs, this.#wakeUp.signal).catch(() => undefined)
    }
  }

  /** As far as the budget goes; false when something is left to say. What came and went meanwhile is never said. */
  #tellChanges(nowMs: number): boolean {
    const wanted = new Map(this.#wanted.map((service) => [keyOf(service), service]))
    for (const [key, { service }] of this.#sent) {
      if (wanted.has(key)) continue
      if (!this.#ours.take(nowMs)) return false
      this.#sent.delete(key)
      this.#write(frameOf(goneMessage(service)))
    }
    for (const [key, service] of wanted) {
      const print = printOf(service)
      if (this.#sent.get(key)?.print === print) continue
      if (!this.#ours.take(nowMs)) return false
      this.#sent.set(key, { print, service })
      this.#write(frameOf(newsOf(service)))
    }
    return true
  }

  #write(frame: Uint8Array): void {
    if (this.#ending.signal.aborted) return
    if (this.#stream.writableLength > mostWaitingBytes)
      this.#end(new KnownError('RELAY_GONE', { relay: this.name }))
    else this.#stream.write(frame)
  }
}

class EndOfLink extends Error {}

/** So many at once, and so many each second after that. */
class Budget {
  readonly #limits: { atOnce: number; perSecond: number }
  #left: number
  #sinceMs: number

  constructor(limits: { atOnce: number; perSecond: number }, nowMs: number) {
    this.#limits = limits
    this.#left = limits.atOnce
    this.#sinceMs = nowMs
  }

  /** False when there is nothing left. */
  take(nowMs: number): boolean {
    const earned = ((nowMs - this.#sinceMs) * this.#limits.perSecond) / 1000
    this.#left = Math.min(this.#limits.atOnce, this.#left + earned)
    this.#sinceMs = nowMs
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}
