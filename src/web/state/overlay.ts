// What lies over the page: one at a time, opened by a person, closed by Escape, Back, a swipe or a tap beside it.

import { signal } from '@preact/signals'
import type { Playable, QueueSong, Song } from '../../remote/index.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where an item stands decides what else can be done with it. */
export type MenuTarget =
  | {
      readonly item: Playable
      readonly play?: (() => void) | undefined
      readonly select?: (() => void) | undefined
      readonly more?: readonly MenuExtra[] | undefined
    }
  | { readonly entry: QueueSong; readonly more: readonly MenuExtra[] }

export interface MenuExtra {
  readonly label: string
  readonly icon: 'up' | 'down' | 'remove' | 'play' | 'smart' | 'copy' | 'sort'
  readonly keys?: string
  readonly run: () => void
}

export type Overlay =
  | { readonly kind: 'menu'; readonly target: MenuTarget; readonly at: Point | undefined }
  | { readonly kind: 'speakers'; readonly at: Point | undefined }
  | { readonly kind: 'add-to-playlist'; readonly songs: readonly Song[] | Playable; readonly name: string }
  | { readonly kind: 'save-queue' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'about-song'; readonly song: Song }

export const overlay = signal<Overlay | undefined>(undefined)

export function openOverlay(next: Overlay): void {
  overlay.value = next
}

export function closeOverlay(): void {
  overlay.value = undefined
}

/** Beside the pointer, or beside what was pressed by key. */
export function openMenu(target: MenuTarget, event: MouseEvent | KeyboardEvent): void {
  event.preventDefault()
  event.stopPropagation()
  openOverlay({ kind: 'menu', target, at: pointOf(event) })
}

export function pointOf(event: MouseEvent | KeyboardEvent): Point {
  if (event instanceof MouseEvent && event.clientX > 0) return { x: event.clientX, y: event.clientY }
  const box = (event.target as HTMLElement | null)?.getBoundingClientRect()
  return box
    ? { x: box.left + Math.min(box.width, 240) / 2, y: box.top + Math.min(box.height, 200) / 2 }
    : { x: 0, y: 0 }
}
