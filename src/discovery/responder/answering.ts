// Answers to questions about what we hold: which, when, by which way, and which are not needed (RFC 6762 5.4 to 7). Pure.

import { type DnsMessage, flags, message, responseFlags } from '../dns/message.ts'
import { packResponses } from '../dns/packing.ts'
import { type DnsRecord, distinctQuestions, type Question } from '../dns/records.ts'
import type { Arrival, Outgoing } from '../links/link.ts'
import { AnswerQueue, apartMs } from './answer-queue.ts'
import {
  additionalsTo,
  answersTo,
  asLegacy,
  distinct,
  type Holdings,
  isKnown,
  knownAnswers,
} from './answers.ts'

/** Plain DNS clients ask one at a time; the answer repeats what was asked, and must stay small. */
const legacyQuestions = 4

export class Answering {
  readonly #queue = new AnswerQueue()
  readonly #random: () => number
  readonly #holdingsOf: (link: string) => Holdings

  /** `holdingsOf`: nothing for a link that is gone. `random`: 0 to 1. */
  constructor(holdingsOf: (link: string) => Holdings, random: () => number) {
    this.#holdingsOf = holdingsOf
    this.#random = random
  }

  nextDueMs(): number {
    return this.#queue.nextDueMs()
  }

  forgetLink(link: string): void {
    this.#queue.forgetLink(link)
  }

  keepOnly(isOurs: (record: DnsRecord) => boolean): void {
    this.#queue.keepOnly(isOurs)
  }

  /** To all, with what belongs to it; without what all have heard a moment ago. */
  announce(link: string, records: readonly DnsRecord[], nowMs: number): Outgoing[] {
    const answers = records.filter((record) => this.#isNews(link, record, nowMs))
    return answers.length > 0 ? this.#multicast(link, answers, nowMs) : []
  }

  /** To all, and at once. */
  goodbye(link: string, records: readonly DnsRecord[]): Outgoing[] {
    this.#queue.forgetMulticast(link, records)
    return packResponses(records).map((sent) => ({ link, message: sent }))
  }

  /** Answers that are due. */
  tick(nowMs: number): Outgoing[] {
    const due = Object.groupBy(this.#queue.takeDue(nowMs), ({ link, to }) => `${link} ${to?.address ?? ''}`)
    return Object.values(due).flatMap((group = []) => {
      const [{ link, to } = { link: '', to: undefined }] = group
      const answers = distinct(group.flatMap(({ records }) => records))
      if (!to) return this.#multicast(link, answers, nowMs)
      const additionals = additionalsTo(answers, this.#holdingsOf(link))
      return packResponses(answers, additionals).map((sent) => ({ link, message: sent, to }))
    })
  }

  hear(heard: DnsMessage, { link, from, isUnicast }: Arrival, nowMs: number): void {
    const isMoreToCome = (heard.flags & flags.truncated) !== 0
    if (heard.questions.length === 0) {
      const waitMs = isMoreToCome ? nowMs + this.#knownAnswersDelayMs() : undefined
      this.#queue.heardKnown(link, from.address, heard.answers, waitMs)
      return
    }
    const holdings = this.#holdingsOf(link)
    const isProbe = heard.authorities.length > 0
    const known = knownAnswers(heard.answers)
    for (const asked of distinctQuestions(heard.questions)) {
      const answers = answersTo(asked, holdings).filter((record) => !isKnown(record, known))
      const isLate = (record: DnsRecord) =>
        nowMs - this.#queue.lastMulticastMs(link, record) > record.ttlSeconds * 250
      // Asked of us alone, a question is answered to the asker alone (RFC 6762 5.5).
      const unicast = asked.wantsUnicast || isUnicast ? answers.filter((record) => !isLate(record)) : []
      const shared = {
        link,
        askedBy: from.address,
        dueMs: nowMs + (isMoreToCome ? this.#knownAnswersDelayMs() : this.#delayMs(answers)),
        apartMs: isProbe ? apartMs.inDefence : apartMs.usually,
      }
      this.#queue.add({ ...shared, records: unicast, to: from })
      this.#queue.add({ ...shared, records: answers.filter((record) => !unicast.includes(record)) })
    }
  }

  /** A plain DNS client is answered alone and at once, in its own format (RFC 6762 6.7). */
  legacyAnswer(heard: DnsMessage, { link, from }: Arrival): Outgoing[] {
    const holdings = this.#holdingsOf(link)
    const questions = heard.questions.slice(0, legacyQuestions)
    const answers = distinct(questions.flatMap((one) => answersTo(one, holdings)))
    const [first] = packResponses(answers.map(asLegacy), additionalsTo(answers, holdings).map(asLegacy))
    if (!first) return []
    const reply = message({
      ...first,
      id: heard.id,
      flags: responseFlags,
      questions: questions.map(asPlain),
    })
    return [{ link, message: reply, to: from }]
  }

  /** Another one has multicast this very answer. */
  heardAnswer(link: string, record: DnsRecord): void {
    this.#queue.heardAnswer(link, record)
  }

  /** Somebody said goodbye, or something near it, to a record that we hold too (RFC 6762 6.6). */
  rescue(own: DnsRecord, link: string, nowMs: number): void {
    const dueMs = Math.max(nowMs, this.#queue.lastMulticastMs(link, own) + apartMs.usually)
    this.#queue.add({ link, records: [own], dueMs, apartMs: apartMs.usually })
  }

  #multicast(link: string, answers: readonly DnsRecord[], nowMs: number): Outgoing[] {
    const additionals = additionalsTo(answers, this.#holdingsOf(link)).filter((record) =>
      this.#isNews(link, record, nowMs),
    )
    const messages = packResponses(answers, additionals)
    for (const sent of messages)
      this.#queue.noteMulticast(link, [...sent.answers, ...sent.additionals], nowMs)
    return messages.map((sent) => ({ link, message: sent }))
  }

  #isNews(link: string, record: DnsRecord, nowMs: number): boolean {
    return nowMs - this.#queue.lastMulticastMs(link, record) >= apartMs.usually
  }

  /** RFC 6762 6: at once when all is ours alone, else spread. */
  #delayMs(answers: readonly DnsRecord[]): number {
    return answers.every(({ isUnique }) => isUnique) ? 0 : 20 + this.#random() * 100
  }

  /** RFC 6762 7.2: known answers may still follow. */
  #knownAnswersDelayMs(): number {
    return 400 + this.#random() * 100
  }
}

function asPlain(asked: Question): Question {
  return { ...asked, wantsUnicast: false }
}
