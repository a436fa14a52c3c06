// The letter that one is at, above the list. A tap on it opens the alphabet: the same way as the index bar, for every finger.

import type { ReadonlySignal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Letter } from '../../remote/index.ts'
import { t } from '../messages/index.ts'
import { shownLetter, useLetter } from './index-bar.tsx'

interface LetterHeadProps {
  letters: readonly Letter[]
  first: ReadonlySignal<number>
  onLetter: (letter: Letter) => void
}

export function LetterHead({ letters, first, onLetter }: LetterHeadProps) {
  const letter = useLetter(letters, first)
  const [isOpen, setOpen] = useState(false)
  const head = useRef<HTMLButtonElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isOpen) grid.current?.querySelector<HTMLElement>('[aria-current], button')?.focus()
  }, [isOpen])
  if (!letter) return null
  const close = () => {
    setOpen(false)
    head.current?.focus({ preventScroll: true })
  }
  return (
    <div class="letter-head">
      <h2>
        <button
          type="button"
          ref={head}
          aria-expanded={isOpen}
          aria-label={`${shownLetter(letter.letter)}, ${t('list.letters')}`}
          onClick={() => setOpen(!isOpen)}
        >
          {shownLetter(letter.letter)}
        </button>
      </h2>
      {isOpen && (
        <div
          class="alphabet"
          ref={grid}
          role="group"
          aria-label={t('list.letters')}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            close()
          }}
        >
          {letters
            .filter(({ count }) => count > 0)
            .map((one) => (
              <button
                type="button"
                key={one.letter}
                aria-current={one === letter ? 'true' : undefined}
                onClick={() => {
                  close()
                  onLetter(one)
                }}
              >
                {shownLetter(one.letter)}
              </button>
            ))}
        </div>
      )}
    </div>
  )
}
