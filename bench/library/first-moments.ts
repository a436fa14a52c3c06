// What somebody waits for who knows where a host answers, and asks from the moment in which it is started.

import { Connection } from '../client.ts'
import { logIn, ownerTokenIn, type StartedHost } from '../host.ts'
import type { Chance } from './random.ts'
import type { Known } from './requests.ts'
import { pagePath } from './requests.ts'

/** Between two tries to connect. */
const againMs = 5
const deadlineMs = 60_000

/** Seconds from the start to the whole answer to `/server-info`. */
export async function secondsToAnswer(host: StartedHost): Promise<number> {
  const connection = await openWhenItIs(host)
  try {
    const { status } = await connection.get('/server-info')
    if (status !== 200) throw new Error(`/server-info was answered with ${status}`)
    return (performance.now() - host.startedAt) / 1000
  } finally {
    connection.close()
  }
}

/** Seconds from the start to a whole page of songs, with the login that goes before. */
export async function secondsToPage(
  host: StartedHost,
  { data, known, chance }: { data: string; known: Known; chance: Chance },
): Promise<number> {
  const connection = await openWhenItIs(host)
  try {
    const session = await logIn(connection, ownerTokenIn(data))
    const { status } = await connection.get(`${pagePath(known, chance)}&session-id=${session}`)
    if (status !== 200) throw new Error(`a page was answered with ${status}`)
    return (performance.now() - host.startedAt) / 1000
  } finally {
    connection.close()
  }
}

async function openWhenItIs({ port, startedAt }: StartedHost): Promise<Connection> {
  if (port === undefined) throw new Error('where it will answer is known only from an earlier start')
  for (;;) {
    try {
      return await Connection.open(port)
    } catch (error) {
      if (performance.now() - startedAt > deadlineMs) throw error
      await new Promise((resolve) => setTimeout(resolve, againMs))
    }
  }
}
