// The doctor's visit to this host. It takes seconds and asks the whole network, so those who ask at about the same time share it.

import type { Clock } from '../../clock.ts'
import type { ApiAnswer } from '../../protocol/index.ts'

export type OwnExamination = ApiAnswer<'doctor'>

/** How long one is good for, ms after its end. */
const goodForMs = 10_000

export function sharedExamination(
  examine: () => Promise<OwnExamination>,
  clock: Clock,
): () => Promise<OwnExamination> {
  let latest: { readonly running: Promise<OwnExamination>; endedMs: number } | undefined
  return () => {
    if (latest && clock.nowMs() - latest.endedMs < goodForMs) return latest.running
    const visit = { running: examine(), endedMs: Infinity }
    latest = visit
    const end = () => {
      visit.endedMs = clock.nowMs()
    }
    visit.running.then(end, end)
    return visit.running
  }
}
