// Which of our records answer a question, and what is sent along with them (RFC 6762 6 and 7, RFC 6763 12). Pure.

import { sameName } from '../dns/name.ts'
import {
  anyClass,
  type DnsRecord,
  internetClass,
  isAnswerTo,
  type Question,
  recordKey,
} from '../dns/records.ts'

/** What we hold on one link. */
export interface Holdings {
  readonly records: readonly DnsRecord[]
  /** One for each unique name: which types it has. */
  readonly denials: readonly DnsRecord[]
}

const legacyTtlSeconds = 10

/** Empty when the question is none of ours; a denial when the name is ours and the type does not exist. */
export function answersTo(asked: Question, { records, denials }: Holdings): DnsRecord[] {
  if (asked.classCode !== internetClass && asked.classCode !== anyClass) return []
  const answers = records.filter((record) => isAnswerTo(record, asked))
  if (answers.length > 0) return answers
  return denials.filter((denial) => sameName(denial.name, asked.name))
}

/** What an asker says it knows: the longest life left of each record, by its key. */
export type KnownAnswers = ReadonlyMap<string, number>

export function knownAnswers(records: readonly DnsRecord[]): KnownAnswers {
  const known = new Map<string, number>()
  for (const record of records) {
    const key = recordKey(record)
    known.set(key, Math.max(record.ttlSeconds, known.get(key) ?? 0))
  }
  return known
}

/** RFC 6762 7.1: known with at least half of its life left needs no repeating. */
export function isKnown(record: DnsRecord, known: KnownAnswers): boolean {
  return (known.get(recordKey(record)) ?? -1) * 2 >= record.ttlSeconds
}

/** What the asker will want next, without what is answered already. */
export function additionalsTo(answers: readonly DnsRecord[], { records, denials }: Holdings): DnsRecord[] {
  const chosen = new Map(answers.map((record) => [recordKey(record), record]))
  const additionals: DnsRecord[] = []
  const named = (name: DnsRecord['name']) =>
    [...records, ...denials].filter((record) => record.isUnique && sameName(record.name, name))
  // Grows while it is walked: a pointer brings the SRV, which brings the addresses.
  const queue = [...answers]
  for (const record of queue) {
    for (const follower of followersOf(record, named)) {
      const key = recordKey(follower)
      if (chosen.has(key)) continue
      chosen.set(key, follower)
      additionals.push(follower)
      queue.push(follower)
    }
  }
  return additionals.toSorted((a, b) => Number(a.type === 'NSEC') - Number(b.type === 'NSEC'))
}

function followersOf(record: DnsRecord, named: (name: DnsRecord['name']) => DnsRecord[]): DnsRecord[] {
  switch (record.type) {
    case 'PTR':
    case 'SRV':
      return named(record.target)
    case 'A':
    case 'AAAA':
      return named(record.name)
    default:
      return []
  }
}

/** For a plain DNS client: short life, no flush bit (RFC 6762 6.7). */
export function asLegacy(record: DnsRecord): DnsRecord {
  return { ...record, isUnique: false, ttlSeconds: Math.min(record.ttlSeconds, legacyTtlSeconds) }
}

/** Each record once, in order. */
export function distinct(records: readonly DnsRecord[]): DnsRecord[] {
  return [...new Map(records.map((record) => [recordKey(record), record])).values()]
}
