// When to ask a question again: soon, then ever more rarely (RFC 6762 5.2). Pure.

import { type Name, sameName } from '../dns/name.ts'
import { internetClass, type Question, type RecordType, setKey } from '../dns/records.ts'

export interface Wanted {
  readonly name: Name
  readonly type: RecordType
  /** Never satisfied: others may turn up at any time. */
  readonly isContinuous: boolean
}

interface Ask extends Wanted {
  attempts: number
  dueMs: number
}

const longestIntervalMs = 3_600_000
/** Of the first question for who is there, so that a power cut does not make all ask at once. */
const firstDelayMs = { least: 20, spread: 100 } as const

/** However many names a flood makes us ask for, we make none of it: five packets at a time. */
const most = { questions: 100, perMs: 100 } as const

export class Asking {
  readonly #asks = new Map<string, Ask>()
  readonly #random: () => number
  #pauseEndsMs = -Infinity

  constructor(random: () => number) {
    this.#random = random
  }

  /** Exactly these questions from now on; those asked before keep their rhythm. */
  setWanted(wanted: readonly Wanted[], nowMs: number): void {
    const keys = new Set(wanted.map(keyOf))
    for (const key of this.#asks.keys()) if (!keys.has(key)) this.#asks.delete(key)
    for (const one of wanted) {
      if (!this.#asks.has(keyOf(one)))
        this.#asks.set(keyOf(one), { ...one, attempts: 0, dueMs: this.#firstMs(one, nowMs) })
    }
  }

  /** A network that has not heard the question yet. */
  startOver(nowMs: number): void {
    for (const ask of this.#asks.values()) {
      ask.attempts = 0
      ask.dueMs = this.#firstMs(ask, nowMs)
    }
  }

  /** Something of this name got lost without a word: looked for again, soon and then ever more rarely. */
  lookAgain(name: Name, nowMs: number): void {
    for (const ask of this.#asks.values()) {
      if (!ask.isContinuous || ask.attempts < 2 || !sameName(ask.name, name)) continue
      ask.attempts = 1
      ask.dueMs = nowMs + 1000
    }
  }

  /** Who is there is asked again by then at the latest. */
  hurry(byMs: number): void {
    for (const ask of this.#asks.values()) if (ask.isContinuous) ask.dueMs = Math.min(ask.dueMs, byMs)
  }

  nextDueMs(): number {
    let next = Infinity
    for (const { dueMs } of this.#asks.values()) next = Math.min(next, dueMs)
    return Math.max(this.#pauseEndsMs, next)
  }

  /** Takes the questions due now; `isFirst` ones may be answered by unicast. */
  takeDue(nowMs: number): (Wanted & { isFirst: boolean })[] {
    if (nowMs < this.#pauseEndsMs) return []
    const due = [...this.#asks.values()].filter(({ dueMs }) => dueMs <= nowMs)
    if (due.length > most.questions) this.#pauseEndsMs = nowMs + most.perMs
    return due.slice(0, most.questions).map((ask) => {
      const isFirst = ask.attempts === 0
      markAsked(ask, nowMs)
      return { name: ask.name, type: ask.type, isContinuous: ask.isContinuous, isFirst }
    })
  }

  isAbout(asked: Question): boolean {
    return this.#asks.has(setKey(asked))
  }

  /** Another one has just asked what we were about to ask again (RFC 6762 7.3). */
  heard(asked: Question, nowMs: number): void {
    const ask = this.#asks.get(setKey(asked))
    if (ask && ask.attempts > 0 && ask.dueMs <= nowMs + 1000) markAsked(ask, nowMs)
  }

  #firstMs({ isContinuous }: Wanted, nowMs: number): number {
    return isContinuous ? nowMs + firstDelayMs.least + this.#random() * firstDelayMs.spread : nowMs
  }
}

function markAsked(ask: Ask, nowMs: number): void {
  ask.dueMs = nowMs + Math.min(1000 * 2 ** ask.attempts, longestIntervalMs)
  ask.attempts += 1
}

function keyOf({ name, type }: Wanted): string {
  return setKey({ name, type, classCode: internetClass })
}
