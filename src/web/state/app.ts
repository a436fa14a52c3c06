// Where the page stands: looking for its host, showing digits, or in.

import { computed, signal } from '@preact/signals'
import { KnownError } from '../../errors.ts'
import { t } from '../messages/index.ts'
import { type Covers, makeCovers } from './covers.ts'
import { connectWith, type Door, doorWithin, exchangeOwnerCode, ownDoor, takeOwnerCode } from './door.ts'
import { firstList } from './first-list.ts'
import { type HostModel, makeHostModel } from './host.ts'
import { type Key, keepKey, keptKey } from './keys-kept.ts'
import { makeLists } from './lists.ts'
import { say, show } from './toast.ts'
import { NotAnswered } from './wishes.ts'

export interface Inside {
  readonly host: HostModel
  readonly covers: Covers
}

export type Stage =
  | { readonly at: 'start' }
  | { readonly at: 'cannot'; readonly why: unknown; readonly again: () => void }
  | { readonly at: 'digits'; readonly door: Door; readonly digits: string; readonly requestId: string }
  | ({ readonly at: 'inside'; readonly door: Door } & Inside)

export const stage = signal<Stage>({ at: 'start' })
export const inside = computed<Inside | undefined>(() =>
  stage.value.at === 'inside' ? stage.value : undefined,
)

const calmRetryMs = 3000
/** Shorter ones pass without a word. */
const worthTellingMs = 10_000

/** From the address of the page to the music. Never rejects. */
export async function enter(): Promise<void> {
  const code = takeOwnerCode()
  try {
    // A link is used once: it waits for the host.
    const within = code === undefined ? doorWithin() : undefined
    const door = within ?? (await patiently(() => ownDoor()))
    if (code !== undefined) keepKey(door, await exchangeOwnerCode(code))
    if (!(await getInByKept(door))) await enterAnew() // the page may be older than what the host is now
  } catch (error) {
    stage.value = { at: 'cannot', why: error, again: () => void enter() }
  }
}

/** By whatever is kept for the library that the host has now, or by digits. Never rejects. */
export async function enterAnew(): Promise<void> {
  const ending = new AbortController()
  try {
    const door = await patiently(() => ownDoor())
    if (await getInByKept(door)) return
    keepKey(door, undefined) // the library itself has refused it
    const { pairByDigits } = await import('./digits.ts')
    for (;;) {
      const key = await pairByDigits((digits, { id }) => {
        stage.value = { at: 'digits', door, digits, requestId: id }
      }, ending.signal)
      keepKey(door, key)
      if (await getIn(door, key)) return
    }
  } catch (error) {
    stage.value = { at: 'cannot', why: error, again: () => void enter() }
  }
}

async function getInByKept(door: Door): Promise<boolean> {
  const key = keptKey(door)
  return key !== undefined && (await getIn(door, key))
}

/** False when the key is good no more. */
async function getIn(door: Door, key: Key): Promise<boolean> {
  try {
    const remote = await patiently(() => connectWith(door, key))
    const lists = makeLists(remote)
    const listed = firstList(lists)
    const covers = makeCovers(remote)
    await listed // the page is drawn once, with it
    const host = makeHostModel({
      remote,
      lists,
      onRefused: (error) => refused(error, door.hostName),
      onBack: (lostForMs) => {
        covers.renew() // the session is another one now, and it is in their addresses
        if (lostForMs >= worthTellingMs) show({ text: t('link.back', { host: door.hostName }) })
        else say(t('link.back', { host: door.hostName }))
      },
    })
    stage.value = { at: 'inside', door, host, covers }
    return true
  } catch (error) {
    if (!(error instanceof KnownError) || !['NOT_PAIRED', 'NOT_OWNER'].includes(error.code)) throw error
    return false
  }
}

/** A host that is not there yet is waited for: it may be starting. */
async function patiently<Value>(ask: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof KnownError) || error.code !== 'HOST_GONE') throw error
      const waited = Promise.withResolvers<void>()
      stage.value = { at: 'cannot', why: error, again: () => waited.resolve() }
      setTimeout(() => waited.resolve(), calmRetryMs)
      await waited.promise
    }
  }
}

/** In words what the host would not do. */
export function refused(error: unknown, hostName: string): void {
  if (error instanceof NotAnswered || (error instanceof KnownError && error.code === 'HOST_GONE'))
    return show({ text: t('link.notAnswered', { host: hostName }) })
  if (!(error instanceof KnownError)) throw error
  const said = error.details['hostSays'] ?? error.details['reason']
  show({ text: typeof said === 'string' ? said : error.row.says })
}
