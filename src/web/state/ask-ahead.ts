// A script of its own, within index.html (scripts/page/ask-ahead.ts): asks the host while the page itself is on its way.

import { sessionHeader } from '../../protocol/index.ts'
import { remoteHeaders } from '../../remote/index.ts'
import { aboutWithin } from './about.ts'
import { keptAlbumOrder } from './album-order.ts'
import { keepAhead } from './answers-ahead.ts'
import { firstAlbums, loginWith, type Question } from './first-questions.ts'
import { keptKey } from './keys-kept.ts'

const patienceMs = 10_000

/** Kept whole: who takes it waits for nothing. */
function askAhead({ path, headers }: Question): Promise<Response> {
  const asked = fetch(path, {
    headers: { ...remoteHeaders, ...headers },
    redirect: 'error',
    cache: 'no-store',
    signal: AbortSignal.timeout(patienceMs),
  })
  const whole = asked.then(
    async (answer) =>
      new Response(await answer.arrayBuffer(), { status: answer.status, headers: answer.headers }),
  )
  whole.catch(() => {}) // told to who takes it
  keepAhead(path, whole)
  return asked
}

async function askForAlbums(login: Promise<Response>): Promise<void> {
  const sessionId = Number((await login).headers.get(sessionHeader) ?? Number.NaN)
  const albums = Number.isSafeInteger(sessionId) ? firstAlbums(sessionId, keptAlbumOrder()) : undefined
  if (albums) await askAhead(albums)
}

const places = location.hash.replace(/^#\/?/, '')
const about = aboutWithin()
/** Who comes with an owner's link gets another key. */
const key = about && !places.startsWith('owner=') ? keptKey(about) : undefined
if (key) {
  const login = askAhead(loginWith(key))
  if (places === '' || places === 'albums') askForAlbums(login).catch(() => {}) // who comes for them asks again
}
