// A sleeve, and the record that comes out of it while the album plays.

import type { CoverKey } from '../state/covers.ts'
import { Cover } from './cover.tsx'

interface SleeveProps {
  cover: CoverKey | undefined
  title: string
  isOut: boolean
  isTurning: boolean
}

export function Sleeve({ cover, title, isOut, isTurning }: SleeveProps) {
  return (
    <div class={`sleeve-and-record ${isOut ? 'out' : ''}`}>
      <div class={`record ${isTurning ? 'turning' : ''}`} aria-hidden="true">
        <div class="record-grooves" />
        <div class="record-light" />
        <Cover of={cover} size={96} title={title} isRound />
      </div>
      <Cover of={cover} size={360} title={title} class="large" />
    </div>
  )
}
