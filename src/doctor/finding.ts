// What a check is, and what it finds.

import type { Context } from './context.ts'

/** A sentence and its way out; words in braces are filled in. */
export interface FaultRow {
  readonly says: string
  readonly fix: string
}

export interface Finding {
  readonly check: string
  /** 'unknown': it could not be looked at here, and `says` why. */
  readonly state: 'healthy' | 'fault' | 'unknown'
  /** Of a fault: the name of its row, such as PORT_BLOCKED. */
  readonly fault?: string
  /** One sentence. */
  readonly says: string
  /** Of a fault: what to do. */
  readonly fix?: string
  /** What was seen, one fact each. */
  readonly evidence: readonly string[]
}

export interface Check {
  readonly name: string
  /** For people, while it is looked at. */
  readonly asks: string
  readonly faults: Readonly<Record<string, FaultRow>>
  /** Rejects only by a mistake of ours. */
  run(context: Context): Promise<Finding>
}

type Words = Readonly<Record<string, string | number>>
type Verdict = Omit<Finding, 'check'>

export function healthy(says: string, evidence: readonly string[] = []): Verdict {
  return { state: 'healthy', says, evidence }
}

export function unknown(says: string, evidence: readonly string[] = []): Verdict {
  return { state: 'unknown', says, evidence }
}

/** A check from its table and its judgement, which names faults of that table only. */
export function checkOf<Fault extends string>(parts: {
  readonly name: string
  readonly asks: string
  readonly faults: Readonly<Record<Fault, FaultRow>>
  judge(
    context: Context,
    fault: (name: Fault, words: Words, evidence?: readonly string[]) => Verdict,
  ): Promise<Verdict>
}): Check {
  const { name, asks, faults } = parts
  const fault = (row: Fault, words: Words, evidence: readonly string[] = []): Verdict => ({
    state: 'fault',
    fault: row,
    says: filled(faults[row].says, words),
    fix: filled(faults[row].fix, words),
    evidence,
  })
  return {
    name,
    asks,
    faults,
    run: async (context) => ({ check: name, ...(await parts.judge(context, fault)) }),
  }
}

function filled(text: string, words: Words): string {
  return text.replace(/\{(\w+)\}/g, (_, word: string) => String(words[word] ?? ''))
}
