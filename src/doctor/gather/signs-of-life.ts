// What shows that a machine on our link is awake although its port says nothing.

import { isIP } from 'node:net'
import { outputOf } from './program.ts'

/** One fact each; none when it seems to sleep or to be off. */
export async function signsOfLife(
  address: string,
  senders: ReadonlySet<string>,
  sinceSeconds: number,
): Promise<string[]> {
  if (isIP(address.replace(/%.*$/, '')) === 0) return []
  const [pinged, neighbour] = await Promise.all([
    outputOf('ping', '-c', '2', '-i', '0.3', '-W', '2', address),
    outputOf('ip', '-s', 'neigh', 'show', 'to', address.replace(/%.*$/, '')),
  ])
  return [
    ...(senders.has(address) ? [`${address} was heard by multicast`] : []),
    ...(pinged === undefined ? [] : [`${address} answers a ping`]),
    ...(isNeighbourAwake(neighbour ?? '', sinceSeconds) ? [`${address} answers on the link`] : []),
  ]
}

/**
 * From `ip -s neigh`: `… lladdr … used 3/2/2 probes 1 REACHABLE`. The second number is when it was confirmed, seconds ago:
 * before we called, it may have fallen asleep since, and the system would not know yet.
 */
function isNeighbourAwake(text: string, sinceSeconds: number): boolean {
  const [, confirmed] = /\bused \d+\/(\d+)\/\d+.*\bREACHABLE\b/.exec(text) ?? []
  return confirmed !== undefined && Number(confirmed) < sinceSeconds
}
