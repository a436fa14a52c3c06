// Many at once: pages by four remotes, and a tap while eight players list everything.

import { startChild } from '../child.ts'
import { Connection } from '../client.ts'
import { chanceFrom } from './random.ts'

/** How many requests a second so many connections get answered, each asking when it has its answer. */
export async function requestsPerSecond(
  port: number,
  connectionCount: number,
  seconds: number,
  target: (chance: ReturnType<typeof chanceFrom>) => string,
): Promise<number> {
  const connections = await openAll(port, connectionCount)
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1000
  let answered = 0
  async function ask(connection: Connection, seed: number): Promise<void> {
    const chance = chanceFrom(seed)
    while (performance.now() < endsAt) {
      const { status } = await connection.get(target(chance))
      if (status !== 200) throw new Error(`a page was answered with ${status}`)
      answered += 1
    }
  }
  try {
    await Promise.all(connections.map(ask))
    return (answered * 1000) / (performance.now() - startedAt)
  } finally {
    for (const connection of connections) connection.close()
  }
}

const listings = 8
const listingsEach = 3
/** A host so slow is not asked for another one: the run is to end. */
const longestListingMs = 20_000
const tapperDeadlineMs = 60_000

/** Each tap's time, ms, while eight connections list everything, three times where the host is quick. */
export async function tapsWhileListing(
  port: number,
  { listing, tap }: { listing: string; tap: string },
): Promise<{ taps: number[]; listingsMs: number }> {
  const prober = startChild([`${import.meta.dirname}/tap-prober.ts`, String(port), tap], { isSpokenTo: true })
  try {
    await prober.line('tapping', tapperDeadlineMs, (line) => (line === '"tapping"' ? true : undefined))
    const listingsMs = await listEverything(port, listing)
    prober.send({ over: true })
    const taps = await prober.line('taps', tapperDeadlineMs, (line) =>
      line.startsWith('{') ? (JSON.parse(line) as { taps: number[] }).taps : undefined,
    )
    return { taps, listingsMs }
  } finally {
    await prober.stop()
  }
}

/** Eight connections list everything, three times where the host is quick; how long that took, ms. */
export async function listEverything(port: number, listing: string): Promise<number> {
  const connections = await openAll(port, listings)
  try {
    const startedAt = performance.now()
    await Promise.all(
      connections.map(async (connection) => {
        for (let count = 0; count < listingsEach; count += 1) {
          if (performance.now() - startedAt > longestListingMs) break
          const { status } = await connection.get(listing)
          if (status !== 200) throw new Error(`a listing was answered with ${status}`)
        }
      }),
    )
    return performance.now() - startedAt
  } finally {
    for (const connection of connections) connection.close()
  }
}

function openAll(port: number, count: number): Promise<Connection[]> {
  return Promise.all(Array.from({ length: count }, () => Connection.open(port)))
}
