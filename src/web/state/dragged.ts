// What a pointer carries from a list to the queue or to a playlist.

import { signal } from '@preact/signals'
import type { Playable, Song } from '../../remote/index.ts'

export interface Dragged {
  readonly songs: readonly Song[] | Playable
  readonly name: string
}

export const dragged = signal<Dragged | undefined>(undefined)

export function startDrag(event: DragEvent, what: Dragged): void {
  dragged.value = what
  event.dataTransfer?.setData('text/plain', what.name)
  if (event.dataTransfer) event.dataTransfer.effectAllowed = 'copy'
}

export function endDrag(): void {
  dragged.value = undefined
}
