// Asked before the page itself is loaded (scripts/page/first-steps.ts): who asks the very same later has the answer that is
// on its way.

import { type Ask, remoteHeaders } from '../../remote/index.ts'
import { firstQuestions, type Question } from './first-questions.ts'
import { lastKey } from './keys-kept.ts'

const patienceMs = 10_000
const answers = new Map<string, Promise<Response>>()

/** Each answer once; whatever was not asked is asked now. */
export const fetchAhead: Ask = (url, init) => {
  const { origin, pathname, search } = new URL(url)
  const path = pathname + search
  const answer = origin === location.origin ? answers.get(path) : undefined
  answers.delete(path)
  return answer ?? fetch(url, init)
}

function ask({ path, headers }: Question): void {
  const answer = fetch(path, {
    headers: { ...remoteHeaders, ...headers },
    redirect: 'error',
    cache: 'no-store',
    signal: AbortSignal.timeout(patienceMs),
  })
  answer.catch(() => {}) // told to who asks
  answers.set(path, answer)
}

/** Who comes with an owner's link gets another key. */
const hasLink = location.hash.startsWith('#owner=')
for (const question of firstQuestions(hasLink ? undefined : lastKey()?.key)) ask(question)
