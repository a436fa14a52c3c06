// Things to be said when their sound is heard.

import type { Clock } from '../../clock.ts'

interface Appointment {
  readonly atMs: number
  readonly keep: () => void
  readonly cancel: AbortController
}

export class Schedule {
  readonly #clock: Clock
  readonly #appointments = new Set<Appointment>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(atMs: number, keep: () => void): void {
    const appointment = { atMs, keep, cancel: new AbortController() }
    this.#appointments.add(appointment)
    this.#clock.until(atMs, appointment.cancel.signal).then(
      () => this.#keep(appointment),
      () => {}, // cancelled, or kept already
    )
  }

  /** Those whose time has come, though their timers may be late. */
  keepDue(): void {
    const now = this.#clock.nowMs()
    for (const appointment of this.#appointments) if (appointment.atMs <= now) this.#keep(appointment)
  }

  cancelFrom(fromMs: number): void {
    for (const appointment of this.#appointments) {
      if (appointment.atMs < fromMs) continue
      this.#appointments.delete(appointment)
      appointment.cancel.abort()
    }
  }

  #keep(appointment: Appointment): void {
    if (!this.#appointments.delete(appointment)) return
    appointment.cancel.abort()
    appointment.keep()
  }
}
