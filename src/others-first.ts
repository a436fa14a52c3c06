// Between two parts of work that holds up everybody, such as loading files.

import { setImmediate as nextTurn } from 'node:timers/promises'

/** Two turns of the event loop: one in which a connection is accepted, one in which what it asks is heard. */
export async function othersFirst(): Promise<void> {
  await nextTurn()
  await nextTurn()
}
