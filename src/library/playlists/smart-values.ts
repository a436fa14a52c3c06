// Values in the rules of a smart playlist, as people write them: "3:30", 4 stars, 1999-12-31, "2 weeks".

import { secondsOfUnit, type Unit } from './smart-fields.ts'

/** In the library's own measure; undefined when it is no such number. Texts are only for times: "3:30". */
export function numberIn(value: unknown, unit: Unit | undefined): number | undefined {
  const plain = typeof value === 'string' && unit === 'time' ? secondsIn(value) : value
  if (typeof plain !== 'number' || !Number.isFinite(plain) || plain < 0) return undefined
  switch (unit) {
    case undefined:
      return Number.isInteger(plain) ? plain : undefined
    case 'stars':
      return plain <= 5 ? Math.round(plain * 20) : undefined
    case 'time':
      return Math.round(plain * 1000)
    case 'megabytes':
      return Math.round(plain * 1_000_000)
  }
}

/** "3:30", "1:02:03", "45". */
function secondsIn(text: string): number | undefined {
  if (!/^\d{1,5}(:[0-5]\d){0,2}$/.test(text)) return undefined
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}

/** First and last second of a day where the host is: 1999-12-31, in quotes or without. */
export function dayIn(value: unknown): { from: number; to: number } | undefined {
  const text = value instanceof Date ? validDate(value) : value
  const match = typeof text === 'string' ? /^(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$/.exec(text) : null
  if (!match) return undefined
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number)
  const start = new Date(year, month - 1, day)
  if (start.getMonth() !== month - 1 || start.getDate() !== day) return undefined
  const next = new Date(year, month - 1, day + 1)
  return { from: start.getTime() / 1000, to: next.getTime() / 1000 - 1 }
}

/** TOML's own dates; smol-toml prints them as they were written. */
function validDate(date: Date): string | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** "12 hours", "1 day", "2 weeks"; a month is 30 days. */
export function spanSecondsIn(value: unknown): number | undefined {
  const match = typeof value === 'string' ? /^(\d{1,5}) (hour|day|week|month|year)s?$/.exec(value) : null
  const seconds = secondsOfUnit[match?.[2] ?? '']
  return match && seconds ? Number(match[1]) * seconds : undefined
}
