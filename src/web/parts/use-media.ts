// What the screen is like, as a value that changes with it.

import { type ReadonlySignal, signal } from '@preact/signals'

function media(query: string): ReadonlySignal<boolean> {
  const list = matchMedia(query)
  const value = signal(list.matches)
  list.addEventListener('change', ({ matches }) => {
    value.value = matches
  })
  return value
}

/** In em, so that a page at 200 % falls into the smaller layout. */
export const isPhone = media('(width < 37.5em)')
export const isDesk = media('(width >= 64em)')
export const isTouch = media('(pointer: coarse), (width < 37.5em)')

const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16

/** Of a row in a list of songs, px. */
export function rowHeight(): number {
  return ((isTouch.value ? 60 : 48) * rem()) / 16
}

export function inRem(pixels: number): number {
  return (pixels * rem()) / 16
}
