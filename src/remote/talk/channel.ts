// Values pushed at one end, read in order at the other.

export class Channel<Item> implements AsyncIterable<Item> {
  readonly #unread: Item[] = []
  readonly #mostUnread: number
  #end: { error?: unknown } | undefined
  #wake = () => {}

  /** A reader who leaves more than `mostUnread` behind loses the oldest. */
  constructor(mostUnread: number) {
    this.#mostUnread = mostUnread
  }

  push(item: Item): void {
    if (this.#end) return
    if (this.#unread.length >= this.#mostUnread) this.#unread.shift()
    this.#unread.push(item)
    this.#wake()
  }

  /** What is unread is still read; then the reader ends, or throws `error`. */
  end(error?: unknown): void {
    this.#end ??= { error }
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for (;;) {
      const next = this.#unread.shift()
      if (next !== undefined) {
        yield next
        continue
      }
      if (this.#end) {
        if (this.#end.error !== undefined) throw this.#end.error
        return
      }
      const woken = Promise.withResolvers<void>()
      this.#wake = woken.resolve
      await woken.promise
    }
  }
}
