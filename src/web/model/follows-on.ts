// Whether what plays now is simply what came after: then a stream that is heard needs no new beginning.

import type { Status } from '../../remote/index.ts'
import { positionAt } from '../../remote/index.ts'

/** What two readings may differ in, ms. */
const slackMs = 1500

export function followsOn(before: Status, now: Status): boolean {
  const elapsedMs = now.readAtMs - before.readAtMs
  if (before.track?.songId === now.track?.songId) {
    return Math.abs(positionAt(before, now.readAtMs) - now.positionMs) < slackMs
  }
  // By itself a song ends before the next one begins.
  const leftMs = before.durationMs - before.positionMs
  return before.durationMs > 0 && Math.abs(elapsedMs - leftMs - now.positionMs) < slackMs
}
