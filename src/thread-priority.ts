// How urgent the work of a thread is to the system: sound goes before everything, what nobody waits for comes last.

import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'

/** Sound servers take as much for themselves; a scan leaves the processor to whoever else wants it. */
const nice = { sound: -11, background: 10 } as const

/**
 * For the thread that calls, and it alone. Linux only; elsewhere, and where the system does not let us be more urgent
 * than others (it takes CAP_SYS_NICE or a limit, `LimitNICE=-11` of systemd), the thread stays as it is.
 */
export function setThreadPriority(work: keyof typeof nice): void {
  const thread = threadId()
  if (thread === undefined) return
  try {
    setPriority(thread, nice[work])
  } catch {
    // not allowed: as urgent as before
  }
}

/** Undefined where there are no thread ids, or where /proc counts otherwise than we do. */
function threadId(): number | undefined {
  try {
    const [pid, , thread] = readlinkSync('/proc/thread-self').split('/')
    return Number(pid) === process.pid ? Number(thread) : undefined
  } catch {
    return undefined
  }
}
