// Five stars. The one that is there already takes them away.

import { useState } from 'preact/hooks'
import { t } from '../messages/index.ts'
import { Icon } from './icon.tsx'

interface StarsProps {
  percent: number
  size?: number
  class?: string
  /** Reached by the keys of its row, not by Tab. */
  isInRow?: boolean
  onRate: (stars: number) => void
}

const five = [1, 2, 3, 4, 5] as const

export function Stars({ percent, size = 22, class: extra = '', isInRow = false, onRate }: StarsProps) {
  const [preview, setPreview] = useState<number>()
  const stars = Math.round(percent / 20)
  const shown = preview ?? stars
  const choose = (star: number) => {
    setPreview(undefined)
    onRate(star)
  }
  return (
    <div
      class={`stars ${stars > 0 ? 'rated' : ''} ${extra}`}
      role="radiogroup"
      aria-label={t('rating.label')}
      onPointerLeave={() => setPreview(undefined)}
      onKeyDown={(event) => {
        const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key]
        if (by === undefined) return
        event.preventDefault()
        event.stopPropagation()
        const wanted = Math.min(5, Math.max(0, stars + by))
        if (wanted !== stars) choose(wanted === 0 ? stars : wanted)
      }}
    >
      {five.map((star) => (
        <button
          type="button"
          role="radio"
          key={star}
          aria-checked={star === stars}
          aria-label={t('rating.stars', { count: star })}
          tabIndex={!isInRow && star === Math.max(1, stars) ? 0 : -1}
          class={star <= shown ? 'star shining' : 'star'}
          onPointerEnter={(event) => event.pointerType === 'mouse' && setPreview(star)}
          onClick={(event) => {
            event.stopPropagation()
            choose(star)
          }}
        >
          <Icon name={star <= shown ? 'star-full' : 'star'} size={size} />
        </button>
      ))}
    </div>
  )
}
