// A cover, or the plain sleeve of what has none.

import { useEffect, useRef, useState } from 'preact/hooks'
import { useCovers } from '../app/context.tsx'
import { sleeveNumber } from '../model/sleeve.ts'
import { initialsOf } from '../model/words.ts'
import type { CoverKey } from '../state/covers.ts'
import { isFlying } from './flight.ts'

interface CoverProps {
  of: CoverKey | undefined
  /** As wide as it is shown, px. */
  size: number
  /** What the record's label says where there is no picture. */
  title: string
  /** Empty where the name stands beside it. */
  alt?: string
  /** Artists are record labels. */
  isRound?: boolean
  class?: string
}

export function Cover({ of, size, title, alt = '', isRound = false, class: extra = '' }: CoverProps) {
  const covers = useCovers()
  const url = of && covers.url(of, size)
  const wasAsked = useRef(false)
  wasAsked.current ||= !isFlying.value
  const shownUrl = useAfterFrame(wasAsked.current ? url : undefined)
  const classes = `cover ${isRound ? 'round' : ''} ${extra}`
  if (of === undefined || url === null)
    return (
      <div
        class={`${classes} sleeve sleeve-${sleeveNumber(of?.id ?? title)}`}
        role={alt ? 'img' : undefined}
        aria-label={alt || undefined}
      >
        <Sleeve title={title} />
      </div>
    )
  return (
    <div class={classes}>
      {shownUrl && (
        <img
          key={shownUrl}
          src={shownUrl}
          alt={alt}
          draggable={false}
          decoding="async"
          onLoad={(event) => event.currentTarget.classList.add('here')}
          onError={() => covers.miss(of)}
        />
      )}
      {isRound && <span class="spindle" />}
    </div>
  )
}

/** Undefined until it has been there for a frame: asking for pictures lays the page out, and names need not wait for that. */
function useAfterFrame<Value>(value: Value): Value | undefined {
  const [known, setKnown] = useState<Value>()
  useEffect(() => setKnown(() => value), [value])
  return known === value ? value : undefined
}

function Sleeve({ title }: { title: string }) {
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <circle class="sleeve-record" cx="50" cy="50" r="33" />
      <circle class="sleeve-groove" cx="50" cy="50" r="28" />
      <circle class="sleeve-groove" cx="50" cy="50" r="23" />
      <circle class="sleeve-label" cx="50" cy="50" r="15" />
      <text class="sleeve-letters" x="50" y="47.5" text-anchor="middle">
        {initialsOf(title)}
      </text>
      <circle class="sleeve-record" cx="50" cy="52" r="1.3" />
      <path class="sleeve-lines" d="M42 57h16M44.5 60h11" />
    </svg>
  )
}
