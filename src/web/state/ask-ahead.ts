// A script of its own, within index.html (scripts/page/ask-ahead.ts): asks the host while the page itself is on its way.

import { remoteHeaders } from '../../remote/index.ts'
import { keptAlbumOrder } from './album-order.ts'
import { keepAhead } from './answers-ahead.ts'
import { firstAlbums, firstQuestions, loginWith, type Question, sessionIdIn } from './first-questions.ts'
import { lastKey } from './keys-kept.ts'

const patienceMs = 10_000

interface Whole {
  readonly answer: Response
  readonly body: ArrayBuffer
}

async function ask({ path, headers }: Question): Promise<Whole> {
  const answer = await fetch(path, {
    headers: { ...remoteHeaders, ...headers },
    redirect: 'error',
    cache: 'no-store',
    signal: AbortSignal.timeout(patienceMs),
  })
  return { answer, body: await answer.arrayBuffer() }
}

/** Kept whole: who takes it waits for nothing. */
function askAhead(question: Question): Promise<Whole> {
  const asked = ask(question)
  const kept = asked.then(({ answer: { status, headers }, body }) => new Response(body, { status, headers }))
  kept.catch(() => {}) // told to who takes it
  keepAhead(question.path, kept)
  return asked
}

async function askForAlbums(login: Promise<Whole>): Promise<void> {
  const { body } = await login
  const sessionId = sessionIdIn(body)
  const albums = sessionId === undefined ? undefined : firstAlbums(sessionId, keptAlbumOrder())
  if (albums) await askAhead(albums)
}

const places = location.hash.replace(/^#\/?/, '')
/** Who comes with an owner's link gets another key. */
const key = places.startsWith('owner=') ? undefined : lastKey()?.key
const login = key && loginWith(key).path
for (const question of firstQuestions(key)) {
  const asked = askAhead(question)
  const isForAlbums = question.path === login && (places === '' || places === 'albums')
  if (isForAlbums) askForAlbums(asked).catch(() => {}) // who comes for them asks again
}
