// Work for a crowd, a little in each turn of the event loop.

/** Done at once, in some thirty milliseconds: so many are not a crowd yet. */
const mostAtOnce = 1024
/** Then, in each turn: a few milliseconds' worth of answers. */
const mostEachTurn = 64

/**
 * When thousands are told something at the same moment, all that Node makes for each answer would live until the last of
 * them is written, long enough to be taken for something that stays; and nobody else would be heard meanwhile. The first
 * are done at once: for a household nothing waits.
 */
export class InTurns {
  /** In order; those before `#next` are done. */
  #waiting: (() => void)[] = []
  #next = 0
  #doneThisTurn = 0
  #isTurnComing = false

  /** `work` never throws. */
  do(work: () => void): void {
    this.#awaitTurn()
    if (this.#doneThisTurn >= mostAtOnce || this.#waiting.length > 0) return void this.#waiting.push(work)
    this.#doneThisTurn += 1
    work()
  }

  #awaitTurn(): void {
    if (this.#isTurnComing) return
    this.#isTurnComing = true
    setImmediate(() => this.#turn())
  }

  #turn(): void {
    this.#isTurnComing = false
    this.#doneThisTurn = 0
    const end = Math.min(this.#waiting.length, this.#next + mostEachTurn)
    while (this.#next < end) {
      const work = this.#waiting[this.#next]
      this.#next += 1
      work?.()
    }
    this.#doneThisTurn = 0
    if (this.#next < this.#waiting.length) return this.#awaitTurn()
    this.#waiting = []
    this.#next = 0
  }
}
