// One sentence at a time at the foot of the page, with at most one thing to do; and what a screen reader is told.

import { signal } from '@preact/signals'

export interface Toast {
  readonly text: string
  /** The name in it that is set apart. */
  readonly name?: string | undefined
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
}

export const toast = signal<Toast | undefined>(undefined)
export const spoken = signal('')

const staysMs = 8000
const spokenMs = 1000
let hiding: ReturnType<typeof setTimeout> | undefined
let silencing: ReturnType<typeof setTimeout> | undefined

/** The next one replaces it. */
export function show(next: Toast): void {
  toast.value = next
  say(next.text)
  hideLater()
}

/** Held with the pointer or the focus, it stays. */
export function hold(): void {
  clearTimeout(hiding)
}

export function hideLater(): void {
  clearTimeout(hiding)
  hiding = setTimeout(hide, staysMs)
}

export function hide(): void {
  clearTimeout(hiding)
  toast.value = undefined
}

/** In the live region: the newest sentence wins, and it is emptied, so that the same one can be said again. */
export function say(text: string): void {
  spoken.value = text
  clearTimeout(silencing)
  silencing = setTimeout(() => {
    spoken.value = ''
  }, spokenMs)
}
