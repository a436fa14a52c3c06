// docs/queue.md once more, as plainly as it can be said: lists are copied and searched, nothing is clever or quick.
// The tests do the same to this and to the real one; both must always look the same.
// What chance decides is not computed: the real order is taken over, once it is seen to be one that is allowed.

import assert from 'node:assert/strict'

export interface SimpleEntry {
  readonly number: number
  readonly songId: number
}
type Repeat = 'off' | 'song' | 'all'

export class SimpleQueue {
  now: SimpleEntry | undefined
  byHand: SimpleEntry[] = []
  /** The context in the order in which it plays; the first `had` of it have had their turn. */
  order: SimpleEntry[] = []
  had = 0
  /** The context in its own order. */
  own: SimpleEntry[] = []
  history: SimpleEntry[] = []
  name: string | undefined
  isShuffled = false
  repeat: Repeat = 'off'
  nextNumber = 1
  /** The real context after what is done now, for what chance decides. */
  realOrder: readonly number[] = []

  copy(): SimpleQueue {
    const copy = Object.assign(new SimpleQueue(), this)
    copy.take(this)
    return copy
  }

  /** The lists of another one. */
  take({ byHand, order, had, own, name, isShuffled }: SimpleQueue): void {
    Object.assign(this, { byHand: [...byHand], order: [...order], had, own: [...own], name, isShuffled })
  }

  upNext(): SimpleEntry[] {
    return [...this.byHand, ...this.order.slice(this.had)]
  }

  playNow(songIds: readonly number[], start: number | undefined, name?: string): void {
    const entries = this.newEntries(songIds)
    const first = entries[start ?? 0]
    this.remember()
    this.own = entries
    this.name = name
    if (this.isShuffled) {
      this.order = start === undefined ? this.mixed(entries) : this.mixed(entries, first)
      this.had = 1
    } else {
      this.order = entries
      this.had = (start ?? 0) + 1
    }
    this.now = this.order[this.had - 1]
  }

  setWhole(songIds: readonly number[], start: number, name?: string): void {
    const entries = this.newEntries(songIds)
    this.remember()
    Object.assign(this, {
      byHand: [],
      own: entries,
      order: entries,
      had: start + 1,
      name,
      now: entries[start],
    })
  }

  add(songIds: readonly number[], place: 'next' | 'end'): void {
    const entries = this.newEntries(songIds)
    if (this.now === undefined && this.upNext().length === 0)
      Object.assign(this, { own: entries, order: entries, had: 0, name: undefined })
    else this.byHand = place === 'next' ? [...entries, ...this.byHand] : [...this.byHand, ...entries]
  }

  /** The song ends by itself. */
  end(): void {
    if (this.repeat !== 'song' || this.now === undefined) this.next()
  }

  next(): void {
    this.remember()
    const [first] = this.upNext()
    if (first === undefined) {
      this.now = undefined
      if (this.repeat === 'all') this.startOver()
    } else this.goTo(1)
  }

  /** The context from its first song. */
  startOver(): void {
    if (this.isShuffled) this.order = this.mixed(this.own)
    this.had = Math.min(1, this.order.length)
    this.now = this.order[0]
  }

  /** False when there is no song before. */
  previous(): boolean {
    const heard = this.history.at(-1)
    const before = this.songBefore()
    if (heard === undefined && before === undefined) return false
    this.putBack()
    if (heard === undefined) this.now = before
    else {
      this.history = this.history.slice(0, -1)
      this.now = this.upNext().includes(heard) ? this.again(heard) : heard
    }
    return true
  }

  /** False when nothing is there. */
  jump(offset: number): boolean {
    const heard = offset < 0 ? this.history.at(offset) : undefined
    if (!Number.isInteger(offset) || (offset < 0 ? heard : this.upNext()[offset - 1]) === undefined)
      return false
    this.remember()
    if (heard === undefined) this.goTo(offset)
    else this.now = this.again(heard)
    return true
  }

  move(from: number, after: number): boolean {
    const list = this.upNext()
    const moved = list[from - 1]
    if (moved === undefined || !Number.isInteger(after) || after < 0 || after > list.length) return false
    if (after === from || after === from - 1) return true
    const above = list[after - 1]
    const goesByHand = this.byHand.length > 0 && (above === undefined || this.byHand.includes(above))
    const wasOwn = this.own.indexOf(moved)
    this.leave([moved])
    const [target, start] = goesByHand ? [this.byHand, 0] : [this.order, this.had]
    const at = above === undefined || !target.includes(above) ? start : target.indexOf(above) + 1
    if (goesByHand) this.byHand = target.toSpliced(at, 0, moved)
    else {
      this.order = target.toSpliced(at, 0, moved)
      if (!this.isShuffled) this.own = this.order
      else this.own = this.own.toSpliced(wasOwn < 0 ? this.own.length : wasOwn, 0, moved)
    }
    return true
  }

  remove(offsets: readonly number[]): boolean {
    const gone = offsets.map((offset) => this.upNext()[offset - 1])
    if (gone.includes(undefined)) return false
    this.leave(gone)
    return true
  }

  clear(what: 'upNext' | 'history' | 'all'): void {
    if (what === 'history') {
      this.history = []
      return
    }
    if (what === 'all') {
      this.remember()
      this.now = undefined
    }
    Object.assign(this, { byHand: [], own: [], order: [], had: 0, name: undefined })
  }

  shuffle(isOn: boolean): void {
    if (isOn === this.isShuffled) return
    const isOfContext = this.now !== undefined && this.order.includes(this.now)
    const present = isOfContext ? this.now : this.order[this.had - 1]
    this.isShuffled = isOn
    this.order = isOn ? this.mixed(this.own, present) : this.own
    this.had = present === undefined ? 0 : this.order.indexOf(present) + 1
  }

  /** Only these songs are still in the library. */
  keepOnly(isThere: (songId: number) => boolean): void {
    const gone = [...this.byHand, ...this.order].filter(({ songId }) => !isThere(songId))
    this.leave(gone)
    this.history = this.history.filter(({ songId }) => isThere(songId))
    if (this.now !== undefined && !isThere(this.now.songId)) this.now = undefined
  }

  /** Takes back what made `after` of `before`, while the song plays on. */
  takeBack(before: SimpleQueue, after: SimpleQueue): void {
    const isSame = (one: SimpleEntry[], other: SimpleEntry[]) =>
      one.length === other.length && one.every((entry, at) => other[at] === entry)
    const hasMoved =
      this.now !== after.now ||
      !isSame(this.byHand, after.byHand) ||
      !isSame(this.order, after.order) ||
      this.had !== after.had
    const [isUp, wasUp] = [this.upNext(), after.upNext()]
    const hasLeft = (entry: SimpleEntry) =>
      entry === this.now || (wasUp.includes(entry) && !isUp.includes(entry))
    const isBack = isUp.filter((entry) => !wasUp.includes(entry))
    if (!isSame(before.history, after.history))
      this.history = [...before.history, ...this.history].slice(-200)
    this.take(before)
    if (!hasMoved) return
    const known = [...before.byHand, ...before.order]
    this.byHand = [
      ...isBack.filter((entry) => !known.includes(entry)),
      ...this.byHand.filter((entry) => !hasLeft(entry)),
    ]
    const hasHad = (entry: SimpleEntry, at: number) =>
      hasLeft(entry) || (at < before.had && !isBack.includes(entry))
    const now = this.order.filter((entry) => entry === this.now)
    const had = this.order.filter((entry, at) => entry !== this.now && hasHad(entry, at))
    const rest = this.order.filter((entry, at) => entry !== this.now && !hasHad(entry, at))
    this.order = [...had, ...now, ...rest]
    this.had = had.length + now.length
    if (!this.isShuffled) this.own = this.order
  }

  // --- pieces

  private newEntries(songIds: readonly number[]): SimpleEntry[] {
    return songIds.map((songId) => ({ number: this.nextNumber++, songId }))
  }

  /** The same song as an entry of its own. */
  private again({ songId }: SimpleEntry): SimpleEntry {
    return { number: this.nextNumber++, songId }
  }

  private remember(): void {
    if (this.now !== undefined) this.history = [...this.history, this.now].slice(-200)
  }

  /** An entry of up next; those above it leave. */
  private goTo(offset: number): void {
    this.now = this.upNext()[offset - 1]
    this.had += Math.max(0, offset - this.byHand.length)
    this.byHand = this.byHand.slice(offset)
  }

  private songBefore(): SimpleEntry | undefined {
    if (this.now === undefined) return undefined
    const place = this.order.indexOf(this.now)
    return place < 0 ? this.order[this.had - 1] : this.order[place - 1]
  }

  private putBack(): void {
    const { now } = this
    if (now === undefined) return
    if (this.order[this.had - 1] === now) this.had -= 1
    else this.byHand = [this.order.includes(now) ? this.again(now) : now, ...this.byHand]
  }

  private leave(gone: readonly (SimpleEntry | undefined)[]): void {
    const stays = (entry: SimpleEntry) => !gone.includes(entry)
    this.byHand = this.byHand.filter(stays)
    this.had = this.order.slice(0, this.had).filter(stays).length
    this.order = this.order.filter(stays)
    this.own = this.own.filter(stays)
  }

  private mixed(entries: readonly SimpleEntry[], first?: SimpleEntry): SimpleEntry[] {
    const order = this.realOrder.map((number) => entries.find((entry) => entry.number === number))
    assert.equal(new Set(order).size, entries.length, 'each song of the context is there once')
    assert.equal(order.length, entries.length)
    if (first !== undefined) assert.equal(order[0], first, 'the song that plays stays in front')
    return order.map((entry) => entry ?? assert.fail('a song that is not of the context'))
  }
}
