// What was asked for, laid over what the host says: shown in the same frame, and gone once the host has had its word.

import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Remote, Status } from '../../remote/index.ts'

export interface Wish {
  /** Of one subject only the newest counts: 'volume', 'position'. */
  readonly subject: string
  lay(status: Status): Status
  /** The play revision of the answer: a state at least as new has it in it. */
  answeredAt?: number
}

export interface Wishes {
  readonly status: ReadonlySignal<Status | undefined>
  /** Subjects for which the host has been silent for a while. */
  readonly asked: ReadonlySignal<ReadonlySet<string>>
  /** Resolves to whether the host did it; what it said when it did not is told to `onRefused`. */
  ask(subject: string, lay: Wish['lay'], send: () => Promise<void>): Promise<boolean>
  /** A state has come. */
  settle(status: Status): void
  readonly isOpen: (subject: string) => boolean
}

const silentAfterMs = 400
const givenUpAfterMs = 5000
/** An answer after which no state comes changed nothing. */
const confirmedWithinMs = 1500

export class NotAnswered extends Error {}

export function makeWishes(
  said: ReadonlySignal<Status | undefined>,
  remote: Pick<Remote, 'commandRevision'>,
  onRefused: (error: unknown, subject: string) => void,
): Wishes {
  const open = signal<readonly Wish[]>([])
  const asked = signal<ReadonlySet<string>>(new Set())

  const end = (wish: Wish) => {
    open.value = open.value.filter((other) => other !== wish)
  }
  const isNewest = (wish: Wish) => open.value.includes(wish)

  return {
    status: computed(() => {
      const status = said.value
      return status && open.value.reduce((laid, wish) => wish.lay(laid), status)
    }),
    asked,
    isOpen: (subject) => open.value.some((wish) => wish.subject === subject),
    async ask(subject, lay, send) {
      const wish: Wish = { subject, lay }
      open.value = [...open.value.filter((other) => other.subject !== subject), wish]
      const silence = setTimeout(() => {
        if (isNewest(wish)) asked.value = new Set([...asked.value, subject])
      }, silentAfterMs)
      try {
        await answeredInTime(send())
        wish.answeredAt = remote.commandRevision
        if ((said.value?.revision ?? 0) >= wish.answeredAt) end(wish)
        else setTimeout(() => end(wish), confirmedWithinMs)
        return true
      } catch (error) {
        if (isNewest(wish)) onRefused(error, subject)
        end(wish)
        return false
      } finally {
        clearTimeout(silence)
        asked.value = new Set([...asked.value].filter((other) => other !== subject))
      }
    },
    settle(status) {
      open.value = open.value.filter(
        ({ answeredAt }) => answeredAt === undefined || answeredAt > status.revision,
      )
    },
  }
}

async function answeredInTime(answer: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new NotAnswered()), givenUpAfterMs)
  try {
    await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
