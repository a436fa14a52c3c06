/** The play revision with which something last became another: who has read it since need not read it again. */
export class LastChange {
  #parts: readonly unknown[] = []
  #revision = 0

  /** Parts are values that never change, compared by identity. */
  of(parts: readonly unknown[], revision: number): number {
    const isSame = parts.length === this.#parts.length && parts.every((part, at) => part === this.#parts[at])
    if (!isSame) {
      this.#parts = parts
      this.#revision = revision
    }
    return this.#revision
  }
}
