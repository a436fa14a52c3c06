// Where what was asked before the page itself was here (ask-ahead.ts) lies for who asks the very same.

import type { Ask } from '../../remote/index.ts'

/** The two scripts have nothing else in common. */
const meeting = globalThis as { tonearmAhead?: Map<string, Promise<Response>> }

meeting.tonearmAhead ??= new Map()
const answers = meeting.tonearmAhead

const wholeUrl = (url: string): string => new URL(url, location.href).href

export function keepAhead(url: string, answer: Promise<Response>): void {
  answers.set(wholeUrl(url), answer)
}

/** Each answer once; whatever was not asked is asked now. */
export const fetchAhead: Ask = (url, init) => {
  const answer = answers.get(wholeUrl(url))
  answers.delete(wholeUrl(url))
  return answer ?? fetch(url, init)
}
