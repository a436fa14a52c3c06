// Where one is: the fragment of the address, so that the host serves one page. Back returns to the very same place.

import { computed, signal } from '@preact/signals'
import { keepInTab, keptInTab } from './kept.ts'

/** `#/album/00F3…` is ['album', '00F3…']. */
export type Route = readonly string[]

interface Place {
  /** Of this entry of the history; scroll offsets and the like are kept under it. */
  readonly key: string
  readonly route: Route
  /** Whether one came back to it. */
  readonly isReturn: boolean
}

const home: Route = ['albums']

/** What the owner's phone reads from the screen of one who asks: who, and the digits (docs/protocol/page.md, section 2). */
const acceptLink = /^#accept=(\w{1,20}\.\d{4})$/

export const place = signal<Place>(placeNow(false))
export const route = computed(() => place.value.route)

function placeNow(isReturn: boolean): Place {
  const key = writtenKey()
  return { key: key ?? newKey(), route: routeOf(location.hash), isReturn: isReturn || key !== undefined }
}

/** Undefined in an entry of the history that the browser has made, until something is remembered of it. */
function writtenKey(): string | undefined {
  const state: unknown = history.state
  return typeof state === 'object' && state !== null && 'key' in state ? String(state.key) : undefined
}

function newKey(): string {
  return Math.random().toString(36).slice(2, 10)
}

function routeOf(hash: string): Route {
  const asked = acceptLink.exec(hash)?.[1]
  if (asked !== undefined) return ['settings', 'remotes', asked]
  const parts = hash.replace(/^#\/?/, '').split('/').filter(Boolean).map(decoded)
  return parts.length === 0 ? home : parts
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export function hrefOf(...parts: readonly (string | number)[]): string {
  return `#/${parts.map((part) => encodeURIComponent(part)).join('/')}`
}

export function go(...parts: readonly (string | number)[]): void {
  const href = hrefOf(...parts)
  if (href === location.hash) return
  history.pushState({ key: newKey() }, '', href)
  place.value = { ...placeNow(false), isReturn: false }
}

/** Instead of where one is: Back passes it over. */
export function replace(...parts: readonly (string | number)[]): void {
  history.replaceState({ key: newKey() }, '', hrefOf(...parts))
  place.value = { ...placeNow(false), isReturn: false }
}

/** Where there is nothing to go back to, to the library. */
export function back(): void {
  if (history.length > 1) history.back()
  else go(...home)
}

addEventListener('popstate', () => {
  place.value = placeNow(true)
})
// A link that was followed, or a fragment typed by hand.
addEventListener('hashchange', () => {
  if (routeOf(location.hash).join('/') !== place.value.route.join('/')) place.value = placeNow(false)
})

// --- what is remembered of each place

let known: Map<string, number> | undefined
const mostRemembered = 60

/** Read when one comes back or goes: the first visit has none, and to ask takes a browser a while. */
function scrolls(): Map<string, number> {
  known ??= new Map(Object.entries(entriesOf(keptInTab('scroll'))))
  return known
}

export function scrollOf(key: string): number {
  return scrolls().get(key) ?? 0
}

/** From now on who loads the page again has come back to it. At first it can wait: a browser takes longer than one would think. */
export function keepPlace(): void {
  if (writtenKey() === undefined) history.replaceState({ key: place.peek().key }, '')
}

export function rememberScroll(key: string, top: number): void {
  if (key === place.peek().key) keepPlace()
  const remembered = scrolls()
  remembered.delete(key)
  remembered.set(key, top)
  const [oldest] = remembered.keys()
  if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest)
}

addEventListener('pagehide', () => known && keepInTab('scroll', Object.fromEntries(known)))

function entriesOf(value: unknown): Record<string, number> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).filter((entry) => typeof entry[1] === 'number'))
}
