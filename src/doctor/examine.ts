// Goes through the checks in their order. Each has its bound, so that an examination always ends.

import { type Clock, systemClock } from '../clock.ts'
import { checks } from './checks.ts'
import { createContext } from './context.ts'
import type { Check, Finding } from './finding.ts'
import type { Patient } from './patient.ts'

export interface ExamineOptions {
  /** Without it only this machine and its network are looked at. */
  readonly patient?: Patient | undefined
  readonly clock?: Clock
  readonly signal?: AbortSignal | undefined
  /** Before each check. */
  readonly onCheck?: (check: Check) => void
  readonly onFinding?: (finding: Finding) => void
}

export interface Examination {
  readonly patient: string | null
  /** No fault was found. */
  readonly isHealthy: boolean
  readonly findings: readonly Finding[]
}

/** Longer than anything that a check waits for. */
const longestCheckMs = 25_000

/** Rejects with the signal's reason only. */
export async function examine(options: ExamineOptions = {}): Promise<Examination> {
  const { patient, clock = systemClock, signal } = options
  const ending = new AbortController()
  const context = createContext({
    patient,
    clock,
    signal: signal ? AbortSignal.any([signal, ending.signal]) : ending.signal,
  })
  const findings: Finding[] = []
  try {
    for (const check of checks) {
      signal?.throwIfAborted()
      options.onCheck?.(check)
      const finding = await bounded(check.run(context), check, clock)
      findings.push(finding)
      options.onFinding?.(finding)
    }
  } finally {
    ending.abort()
  }
  signal?.throwIfAborted()
  const isHealthy = findings.every(({ state }) => state !== 'fault')
  return { patient: patient?.name ?? null, isHealthy, findings }
}

async function bounded(running: Promise<Finding>, { name }: Check, clock: Clock): Promise<Finding> {
  const over = new AbortController()
  const tooLong = clock.until(clock.nowMs() + longestCheckMs, over.signal).then(
    (): Finding => ({
      check: name,
      state: 'unknown',
      says: `No answer within ${longestCheckMs / 1000} seconds.`,
      evidence: [],
    }),
  )
  tooLong.catch(() => {}) // called off
  try {
    return await Promise.race([running, tooLong])
  } finally {
    over.abort()
  }
}
