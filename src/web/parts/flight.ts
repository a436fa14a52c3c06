// Whether a list flies by: what nobody can look at is not asked for, and what one came for comes sooner.

import { type ReadonlySignal, signal } from '@preact/signals'
import { isFlight } from '../model/flight.ts'

const calmAfterMs = 120

const flying = signal(false)
export const isFlying: ReadonlySignal<boolean> = flying

let last: { readonly topPx: number; readonly atMs: number } | undefined
let landing: ReturnType<typeof setTimeout> | undefined

/** Called at each frame of a scroll. */
export function noteScroll(topPx: number, viewPx: number): void {
  const now = { topPx, atMs: performance.now() }
  if (last && isFlight(last, now, viewPx)) {
    flying.value = true
    clearTimeout(landing)
    landing = setTimeout(() => {
      flying.value = false
    }, calmAfterMs)
  }
  last = now
}
