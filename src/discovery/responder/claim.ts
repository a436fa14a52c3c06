// The life of a unique name on the link: probed three times, announced three times, then ours (RFC 6762 8). Pure.

import { recordData } from '../dns/message.ts'
import { cutToBytes, longestLabelBytes } from '../dns/name.ts'
import { codeOf, type DnsRecord } from '../dns/records.ts'

export interface Claim {
  readonly phase: 'probing' | 'announcing' | 'settled'
  /** How many probes, or announcements, have gone out. */
  readonly sent: number
  /** When the next step is due; Infinity when settled. */
  readonly dueMs: number
}

const probeCount = 3
const probeIntervalMs = 250
/** The first probe waits up to this long, so that a power cut does not make all machines speak at once. */
const longestFirstDelayMs = 250
/** The loser of a simultaneous probe tries again after this. */
const deferMs = 1000
const announceCount = 3
/** Doubled after each announcement. */
const announceIntervalMs = 1000
/** RFC 6762 8.1: after 15 conflicts within 10 s, 5 s between tries. */
export const crowd = { conflicts: 15, withinMs: 10_000, waitMs: 5000 } as const

export const settled: Claim = { phase: 'settled', sent: 0, dueMs: Infinity }

export function startProbing(nowMs: number, random: () => number): Claim {
  return { phase: 'probing', sent: 0, dueMs: nowMs + random() * longestFirstDelayMs }
}

/** Its first probe is about to go out. */
export function isStarting({ phase, sent, dueMs }: Claim, nowMs: number): boolean {
  return phase === 'probing' && sent === 0 && dueMs <= nowMs + longestFirstDelayMs
}

export function startAnnouncing(nowMs: number): Claim {
  return { phase: 'announcing', sent: 0, dueMs: nowMs }
}

export function defer(nowMs: number): Claim {
  return { phase: 'probing', sent: 0, dueMs: nowMs + deferMs }
}

/** At least one probe is out. */
export function isProbingAlready({ phase, sent }: Claim): boolean {
  return phase === 'probing' && sent > 0
}

/** True at the step that only waits whether the last probe is answered. */
export function hasProbedEnough({ phase, sent }: Claim): boolean {
  return phase === 'probing' && sent === probeCount
}

/** What follows once the step due now has been sent. */
export function afterStep({ phase, sent }: Claim, nowMs: number): Claim {
  if (phase === 'probing') return { phase, sent: sent + 1, dueMs: nowMs + probeIntervalMs }
  if (phase === 'settled' || sent + 1 === announceCount) return settled
  return { phase, sent: sent + 1, dueMs: nowMs + announceIntervalMs * 2 ** sent }
}

/** Whether names were lost so often of late that somebody takes them all; `conflictsMs` ascending. */
export function isCrowded(conflictsMs: readonly number[], nowMs: number): boolean {
  return conflictsMs.filter((atMs) => nowMs - atMs < crowd.withinMs).length >= crowd.conflicts
}

export function startAfterCrowd(nowMs: number): Claim {
  return { phase: 'probing', sent: 0, dueMs: nowMs + crowd.waitMs }
}

/** "Studio" → "Studio (2)"; never longer than a label may be. */
export function instanceLabel(wanted: string, attempt: number): string {
  return withSuffix(wanted, attempt === 1 ? '' : ` (${attempt})`)
}

/** "studio" → "studio-2". */
export function hostLabel(wanted: string, attempt: number): string {
  return withSuffix(wanted, attempt === 1 ? '' : `-${attempt}`)
}

/** "Studio (3)" of "Studio" → 3: where a name that was given up before is taken up again. 1 for any other name. */
export function instanceAttempt(wanted: string, label: string): number {
  const attempt = Number(/ \((\d{1,4})\)$/.exec(label)?.[1] ?? 1)
  return instanceLabel(wanted, attempt) === label ? attempt : 1
}

/** "studio-3" of "studio" → 3. */
export function hostAttempt(wanted: string, label: string): number {
  const attempt = Number(/-(\d{1,4})$/.exec(label)?.[1] ?? 1)
  return hostLabel(wanted, attempt) === label ? attempt : 1
}

function withSuffix(text: string, suffix: string): string {
  return `${cutToBytes(text, longestLabelBytes - suffix.length)}${suffix}`
}

/**
 * Who wins when two probe for a name at once: above zero, the first of the two lists (RFC 6762 8.2).
 * Sorted by class, type and data, compared record by record; a list that ends first loses.
 */
export function compareProposals(a: readonly DnsRecord[], b: readonly DnsRecord[]): number {
  const ours = a.toSorted(compareRecords)
  const theirs = b.toSorted(compareRecords)
  for (const [index, record] of ours.entries()) {
    const other = theirs[index]
    if (!other) return 1
    const order = compareRecords(record, other)
    if (order !== 0) return order
  }
  return ours.length - theirs.length
}

function compareRecords(a: DnsRecord, b: DnsRecord): number {
  return (
    a.classCode - b.classCode || codeOf(a.type) - codeOf(b.type) || compareBytes(recordData(a), recordData(b))
  )
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const order = (a[i] ?? 0) - (b[i] ?? 0)
    if (order !== 0) return order
  }
  return a.length - b.length
}
