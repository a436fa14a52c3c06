// A finger that stays: the item's menu. It ends when the finger moves.

import { useRef } from 'preact/hooks'

const longPressMs = 450
const slackPx = 8

export function useLongPress(onLongPress: (event: PointerEvent) => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined)
  const wasLong = useRef(false)
  const end = () => {
    clearTimeout(press.current?.timer)
    press.current = undefined
  }
  return {
    /** Whether the tap that follows was one, and does nothing. */
    takeLong(): boolean {
      const was = wasLong.current
      wasLong.current = false
      return was
    },
    handlers: {
      onPointerDown(event: PointerEvent) {
        wasLong.current = false
        if (event.pointerType !== 'touch') return
        const timer = setTimeout(() => {
          wasLong.current = true
          end()
          onLongPress(event)
        }, longPressMs)
        press.current = { timer, x: event.clientX, y: event.clientY }
      },
      onPointerMove(event: PointerEvent) {
        const { current } = press
        if (current && Math.hypot(event.clientX - current.x, event.clientY - current.y) > slackPx) end()
      },
      onPointerUp: end,
      onPointerCancel: end,
    },
  }
}
