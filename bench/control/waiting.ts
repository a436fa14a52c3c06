// Many remotes that wait for news, in a process of their own: this one must be free to send the command and to look
// at its clock.

import { startChild } from '../child.ts'

/** Shared by all processes of a machine, unlike performance.now(). */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

export interface Told {
  /** How many were told what they were to be told. */
  readonly told: number
  /** When the last of them was, on the monotonic clock; null when nobody was. */
  readonly lastAtMs: number | null
}

export interface Crowd {
  /** Each asks, on a connection of its own that stays; resolves when the host has all requests in hand. */
  wait(path: string): Promise<void>
  /** Resolves when all have been answered, or are late. `revision`: what `cmsr` must say to count. */
  told(revision: number | undefined): Promise<Told>
  stop(): Promise<void>
}

/** What the crowd's process is told. `{session}` in `path` becomes the remote's own. */
export type CrowdOrder =
  | { readonly order: 'open'; readonly port: number; readonly sessions: readonly number[] }
  | { readonly order: 'wait'; readonly path: string }
  | { readonly order: 'told'; readonly revision: number | undefined; readonly deadlineMs: number }

/** After that a remote counts as lost. */
const lateMs = 10_000
const openMs = 120_000

/** One remote for each session. */
export async function gatherCrowd(port: number, sessions: readonly number[]): Promise<Crowd> {
  const program = startChild([`${import.meta.dirname}/waiting-child.ts`], { isSpokenTo: true })
  let lines = 0
  /** Answers come in the order of the orders: one line each. */
  async function ask<Answer>(order: CrowdOrder, deadlineMs: number): Promise<Answer> {
    lines += 1
    const number = lines
    program.send(order)
    return program.line(order.order, deadlineMs, (line) => {
      const said = JSON.parse(line) as { number: number; answer: Answer }
      return said.number === number ? said.answer : undefined
    })
  }
  try {
    await ask({ order: 'open', port, sessions }, openMs)
  } catch (error) {
    await program.stop()
    throw error
  }
  return {
    wait: (path) => ask({ order: 'wait', path }, openMs),
    told: (revision) => ask({ order: 'told', revision, deadlineMs: lateMs }, lateMs + openMs),
    stop: () => program.stop(),
  }
}
