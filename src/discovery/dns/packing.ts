// Records into messages that fit one packet of an ordinary link.

import { type DnsMessage, emptyMessageBytes, flags, message, recordSize, responseFlags } from './message.ts'
import { nameLength } from './name.ts'
import { ownerRecordBytes } from './owner-option.ts'
import type { DnsRecord, Question } from './records.ts'

/** What Ethernet carries over IPv6 without fragments: 1500 less 40 (IPv6) and 8 (UDP). */
const packetBytes = 1452
/** Whose records they are is added last. */
const room = packetBytes - emptyMessageBytes - ownerRecordBytes

/** As many responses as the answers need; additionals only as far as they fit into the last one. */
export function packResponses(
  answers: readonly DnsRecord[],
  additionals: readonly DnsRecord[] = [],
): DnsMessage[] {
  const groups = split(answers.map((record) => ({ value: record, size: recordSize(record) })))
  return groups.map((group, index) => {
    const isLast = index === groups.length - 1
    return message({
      flags: responseFlags,
      answers: group,
      additionals: isLast ? fitting(additionals, room - total(group)) : [],
    })
  })
}

/** Known answers that do not fit follow in messages of their own; TC says that more come (RFC 6762 7.2). */
export function packQuery(questions: readonly Question[], known: readonly DnsRecord[]): DnsMessage[] {
  const asked = questions.reduce((sum, { name }) => sum + nameLength(name) + 4, 0)
  const first = fitting(known, room - asked)
  const rest = split(known.slice(first.length).map((record) => ({ value: record, size: recordSize(record) })))
  const sections: Partial<DnsMessage>[] = [
    { questions, answers: first },
    ...rest.map((answers) => ({ answers })),
  ]
  return sections.map((section, index) =>
    message({ flags: index < sections.length - 1 ? flags.truncated : 0, ...section }),
  )
}

/** One probe for several names, each question with the records proposed for it. */
export function packProbes(
  proposals: readonly { question: Question; records: readonly DnsRecord[] }[],
): DnsMessage[] {
  const sized = proposals.map((value) => ({
    value,
    size: nameLength(value.question.name) + 4 + total(value.records),
  }))
  return split(sized).map((group) =>
    message({
      questions: group.map(({ question }) => question),
      authorities: group.flatMap(({ records }) => records),
    }),
  )
}

/** In order, no group above the room but for a value that alone is larger. */
function split<T>(values: readonly { value: T; size: number }[]): T[][] {
  const groups: T[][] = []
  let used = Infinity
  for (const { value, size } of values) {
    if (used + size > room) {
      groups.push([])
      used = 0
    }
    groups.at(-1)?.push(value)
    used += size
  }
  return groups
}

/** The longest beginning that fits. */
function fitting(records: readonly DnsRecord[], space: number): DnsRecord[] {
  let left = space
  const end = records.findIndex((record) => {
    left -= recordSize(record)
    return left < 0
  })
  return records.slice(0, end === -1 ? records.length : end)
}

function total(records: readonly DnsRecord[]): number {
  return records.reduce((sum, record) => sum + recordSize(record), 0)
}
