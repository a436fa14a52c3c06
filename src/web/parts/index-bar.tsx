// The letters of a list, at its edge: those that the host has. The list follows the finger at once.

import { computed, type ReadonlySignal } from '@preact/signals'
import { useMemo, useRef, useState } from 'preact/hooks'
import type { Letter } from '../../remote/index.ts'
import { t } from '../messages/index.ts'
import { letterAt } from '../model/visible-range.ts'

interface IndexBarProps {
  letters: readonly Letter[]
  /** Which of the list is the first that is seen. */
  first: ReadonlySignal<number>
  onLetter: (letter: Letter) => void
}

/** The last one stands for everything that is no letter. */
export const shownLetter = (letter: string): string => (letter === '0' ? '#' : letter)

/** Drawn anew with the letter, and not with each row that goes by. */
export function useLetter(letters: readonly Letter[], first: ReadonlySignal<number>): Letter | undefined {
  return useMemo(() => computed(() => letterAt(letters, first.value)), [letters, first]).value
}

export function IndexBar({ letters, first, onLetter }: IndexBarProps) {
  const bar = useRef<HTMLDivElement>(null)
  const [held, setHeld] = useState<Letter>()
  const current = useLetter(letters, first)
  const there = letters.filter(({ count }) => count > 0)
  if (there.length < 3) return null
  const marked = held ?? current

  const letterUnder = (event: PointerEvent): Letter | undefined => {
    const box = bar.current?.getBoundingClientRect()
    if (!box) return undefined
    const share = Math.min(0.999, Math.max(0, (event.clientY - box.top) / box.height))
    return there[Math.floor(share * there.length)]
  }
  const point = (event: PointerEvent) => {
    const letter = letterUnder(event)
    if (!letter || letter === held) return
    setHeld(letter)
    bar.current?.style.setProperty('--at', `${event.clientY - bar.current.getBoundingClientRect().top}px`)
    navigator.vibrate?.(5)
    onLetter(letter)
  }

  return (
    <div
      class="index-bar"
      ref={bar}
      role="group"
      aria-label={t('list.letters')}
      onPointerDown={(event) => {
        bar.current?.setPointerCapture(event.pointerId)
        point(event)
      }}
      onPointerMove={(event) => held && point(event)}
      onPointerUp={() => setHeld(undefined)}
      onPointerCancel={() => setHeld(undefined)}
      onKeyDown={(event) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
        const to = by === undefined ? undefined : there[(marked ? there.indexOf(marked) : 0) + by]
        if (!to) return
        event.preventDefault()
        onLetter(to)
        bar.current?.querySelector<HTMLElement>(`[data-letter="${to.letter}"]`)?.focus()
      }}
    >
      {there.map((letter) => (
        <button
          type="button"
          key={letter.letter}
          data-letter={letter.letter}
          tabIndex={letter === (marked ?? there[0]) ? 0 : -1}
          class={letter === marked ? 'current' : undefined}
          onClick={() => onLetter(letter)}
        >
          {shownLetter(letter.letter)}
        </button>
      ))}
      {held && (
        <div class="letter-bubble" aria-hidden="true">
          {shownLetter(held.letter)}
        </div>
      )}
    </div>
  )
}
