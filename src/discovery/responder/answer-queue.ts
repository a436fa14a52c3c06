// Answers that wait for their moment, and what was multicast when (RFC 6762 6, 7.2, 7.4). Pure: time is an argument.

import { type DnsRecord, recordKey } from '../dns/records.ts'
import type { Sender } from '../links/link.ts'
import { isKnown, knownAnswers } from './answers.ts'

export interface Waiting {
  readonly link: string
  /** Unicast to there; without it, multicast. */
  readonly to?: Sender
  /** Who asked: known answers may follow from there. */
  readonly askedBy?: string
  dueMs: number
  records: DnsRecord[]
  /** The shortest time since the same record was last multicast, ms. */
  readonly apartMs: number
}

/** Two multicasts of one record are this far apart, ms; less when a name is defended (RFC 6762 6). */
export const apartMs = { usually: 1000, inDefence: 250 } as const
/** More than this at once comes from a flood, and its asker asks again. */
const capacity = 500

export class AnswerQueue {
  #waiting: Waiting[] = []
  readonly #multicastMs = new Map<string, number>()

  add(answer: Waiting): void {
    if (answer.records.length > 0 && this.#waiting.length < capacity) this.#waiting.push(answer)
  }

  /** Another one has just multicast this very answer: ours is not needed. */
  heardAnswer(link: string, record: DnsRecord): void {
    const key = recordKey(record)
    this.#drop(
      (answer, own) =>
        answer.link === link && !answer.to && record.ttlSeconds >= own.ttlSeconds && recordKey(own) === key,
    )
  }

  /** The rest of a long list of known answers; `waitsUntilMs` when still more of it is to come. */
  heardKnown(link: string, askedBy: string, records: readonly DnsRecord[], waitsUntilMs = 0): void {
    const known = knownAnswers(records)
    const isMeant = (answer: Waiting) => answer.link === link && answer.askedBy === askedBy
    this.#drop((answer, own) => isMeant(answer) && isKnown(own, known))
    for (const answer of this.#waiting.filter(isMeant)) answer.dueMs = Math.max(answer.dueMs, waitsUntilMs)
  }

  forgetLink(link: string): void {
    this.#waiting = this.#waiting.filter((answer) => answer.link !== link)
    for (const key of this.#multicastMs.keys()) if (key.startsWith(`${link}/`)) this.#multicastMs.delete(key)
  }

  /** Answers with records that are ours no longer must not go out. */
  keepOnly(isOurs: (record: DnsRecord) => boolean): void {
    this.#drop((_, own) => !isOurs(own))
  }

  noteMulticast(link: string, records: readonly DnsRecord[], nowMs: number): void {
    for (const record of records) this.#multicastMs.set(`${link}/${recordKey(record)}`, nowMs)
    if (this.#multicastMs.size > 1000) this.#forgetOld(nowMs)
  }

  /** After a goodbye the same record is news again. */
  forgetMulticast(link: string, records: readonly DnsRecord[]): void {
    for (const record of records) this.#multicastMs.delete(`${link}/${recordKey(record)}`)
  }

  /** -Infinity when it never was. */
  lastMulticastMs(link: string, record: DnsRecord): number {
    return this.#multicastMs.get(`${link}/${recordKey(record)}`) ?? -Infinity
  }

  nextDueMs(): number {
    return Math.min(Infinity, ...this.#waiting.map(({ dueMs }) => dueMs))
  }

  /** Takes what is due, without what was multicast a moment ago. */
  takeDue(nowMs: number): Waiting[] {
    const due = this.#waiting.filter(({ dueMs }) => dueMs <= nowMs)
    this.#waiting = this.#waiting.filter(({ dueMs }) => dueMs > nowMs)
    for (const answer of due) {
      if (answer.to) continue
      answer.records = answer.records.filter(
        (record) => nowMs - this.lastMulticastMs(answer.link, record) >= answer.apartMs,
      )
    }
    return due.filter(({ records }) => records.length > 0)
  }

  #drop(isUnneeded: (answer: Waiting, record: DnsRecord) => boolean): void {
    for (const answer of this.#waiting)
      answer.records = answer.records.filter((record) => !isUnneeded(answer, record))
    this.#waiting = this.#waiting.filter(({ records }) => records.length > 0)
  }

  /** A quarter of the longest life is the longest look back that anyone takes (RFC 6762 5.4). */
  #forgetOld(nowMs: number): void {
    for (const [key, atMs] of this.#multicastMs) if (nowMs - atMs > 4500 * 250) this.#multicastMs.delete(key)
  }
}
