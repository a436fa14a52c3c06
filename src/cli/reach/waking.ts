// Waking a known host from here, with words while it takes its time, and never too often.

import {
  type KnownHost,
  readMemory,
  wakeHost,
  wakePacketsLately,
  withWakePackets,
  writeMemory,
} from '../../remote/node.ts'
import { remark } from '../terminal/output.ts'
import { counted, printable } from '../terminal/text.ts'

const toldEveryMs = 10_000

/** Resolves when it answers: how many packets that took. What was sent counts for the next command too. */
export async function wakeKnown(
  directory: string,
  known: KnownHost,
  signal: AbortSignal,
): Promise<{ packets: number }> {
  return wakeHost({
    macAddresses: known.macAddresses,
    address: known.address,
    sentLately: wakePacketsLately(readMemory(directory), Date.now()),
    signal,
    onSent(packets) {
      writeMemory(directory, withWakePackets(readMemory(directory), packets, Date.now()))
      remark(`Sent ${counted(packets, 'wake packet')}.`)
    },
    onWait: tellWaiting(known),
  })
}

/** At the beginning, and again now and then. */
export function tellWaiting(known: Pick<KnownHost, 'name'>): (waitedMs: number) => void {
  let toldAtMs = Number.NEGATIVE_INFINITY
  return (waitedMs) => {
    if (waitedMs - toldAtMs < toldEveryMs) return
    toldAtMs = waitedMs
    const since = waitedMs < 1000 ? '' : `, ${Math.round(waitedMs / 1000)} s so far`
    remark(`Waiting for ${printable(known.name)}${since} …`)
  }
}
