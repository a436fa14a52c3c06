// Tells the watch when this remote has sent a command.

export class CommandCounter {
  #sent = 0
  readonly #waiting = new Set<() => void>()

  get sent(): number {
    return this.#sent
  }

  count(): void {
    this.#sent += 1
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }

  /** Resolves once more than `seen` were sent; never when the signal comes first. */
  async after(seen: number, signal: AbortSignal): Promise<void> {
    if (this.#sent > seen) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.add(resolve)
    signal.addEventListener('abort', () => this.#waiting.delete(resolve), { once: true })
    await promise
  }
}
