// A finger that pushes a row aside. The outer edge of the screen belongs to the browser's Back.

import { useRef } from 'preact/hooks'

interface SwipeOptions {
  /** To the side where reading begins; to the side where it ends. */
  readonly onStart?: () => void
  readonly onEnd?: () => void
  /** To which side it is on its way; undefined when it rests. */
  readonly onShow?: (side: 'start' | 'end' | undefined) => void
}

const actsFromPx = 72
const showsFromPx = 16
const browserPx = 24

export function useSwipe(row: { readonly current: HTMLElement | null }, options: SwipeOptions) {
  const touch = useRef<{ id: number; x: number; y: number; by: number; isOn: boolean }>(undefined)
  const wasSwiped = useRef(false)

  const put = (by: number) => {
    row.current?.style.setProperty('--swiped', `${by}px`)
    row.current?.classList.toggle('swiping', by !== 0)
  }
  return {
    takeSwiped(): boolean {
      const was = wasSwiped.current
      wasSwiped.current = false
      return was
    },
    handlers: {
      onTouchStart(event: TouchEvent) {
        const first = event.touches[0]
        wasSwiped.current = false
        if (!first || first.clientX < browserPx || first.clientX > innerWidth - browserPx) return
        touch.current = { id: first.identifier, x: first.clientX, y: first.clientY, by: 0, isOn: false }
      },
      onTouchMove(event: TouchEvent) {
        const held = touch.current
        const now = event.touches[0]
        if (!held || now?.identifier !== held.id) return
        const [dx, dy] = [now.clientX - held.x, now.clientY - held.y]
        if (!held.isOn && Math.abs(dy) > Math.abs(dx)) {
          touch.current = undefined
          return
        }
        held.isOn ||= Math.abs(dx) > showsFromPx
        const isMirrored = row.current !== null && getComputedStyle(row.current).direction === 'rtl'
        const towardStart = isMirrored ? dx > 0 : dx < 0
        const isOpen = towardStart ? options.onStart !== undefined : options.onEnd !== undefined
        held.by = held.isOn && isOpen ? dx : 0
        put(held.by)
        options.onShow?.(held.by === 0 ? undefined : towardStart ? 'start' : 'end')
      },
      onTouchEnd() {
        const held = touch.current
        touch.current = undefined
        put(0)
        options.onShow?.(undefined)
        if (!held || Math.abs(held.by) < actsFromPx) return
        wasSwiped.current = true
        const isMirrored = row.current !== null && getComputedStyle(row.current).direction === 'rtl'
        if (held.by < 0 !== isMirrored) options.onStart?.()
        else options.onEnd?.()
      },
    },
  }
}
