// A hand on a line: a finger moves what is there by as far as it moves, a pointer goes where it is. Escape, or moving
// far away, takes it back.

import { useEffect, useRef } from 'preact/hooks'

interface DragOptions {
  readonly isOn: boolean
  /** Where it is now, 0 to 1. */
  readonly start: () => number
  readonly onMove: (share: number, kind: 'touch' | 'pointer') => void
  readonly onEnd: (share: number, kind: 'touch' | 'pointer') => void
  /** A finger that did not move: where it was. Without it, it counts as a pointer. */
  readonly onTap?: (share: number) => void
  readonly onCancel: () => void
}

interface Drag {
  readonly pointerId: number
  readonly kind: 'touch' | 'pointer'
  readonly startX: number
  readonly startShare: number
  share: number
  hasMoved: boolean
}

const moveSlackPx = 4
const awayPx = 80

export function useDrag(line: { readonly current: HTMLElement | null }, options: DragOptions) {
  const drag = useRef<Drag>(undefined)
  const now = useRef(options)
  now.current = options

  const cancel = () => {
    if (!drag.current) return
    drag.current = undefined
    now.current.onCancel()
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && cancel()
    addEventListener('keydown', onKey, true)
    return () => removeEventListener('keydown', onKey, true)
  }, [])

  const shareAt = (event: PointerEvent): number => {
    const box = line.current?.getBoundingClientRect()
    return box ? clipped((event.clientX - box.left) / box.width) : 0
  }

  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0 || !now.current.isOn) return
      const kind = event.pointerType === 'touch' ? 'touch' : 'pointer'
      const startShare = now.current.start()
      line.current?.setPointerCapture(event.pointerId)
      const share = kind === 'touch' ? startShare : shareAt(event)
      drag.current = {
        pointerId: event.pointerId,
        kind,
        startX: event.clientX,
        startShare,
        share,
        hasMoved: false,
      }
      if (kind === 'pointer') now.current.onMove(share, kind)
    },
    onPointerMove(event: PointerEvent) {
      const held = drag.current
      const box = line.current?.getBoundingClientRect()
      if (!held || held.pointerId !== event.pointerId || !box) return
      if (Math.abs(event.clientY - (box.top + box.bottom) / 2) > awayPx) return cancel()
      held.hasMoved ||= Math.abs(event.clientX - held.startX) > moveSlackPx
      if (!held.hasMoved) return
      held.share =
        held.kind === 'touch'
          ? clipped(held.startShare + (event.clientX - held.startX) / box.width)
          : shareAt(event)
      now.current.onMove(held.share, held.kind)
    },
    onPointerUp(event: PointerEvent) {
      const held = drag.current
      if (!held || held.pointerId !== event.pointerId) return
      drag.current = undefined
      const { onTap, onEnd } = now.current
      if (held.kind === 'touch' && !held.hasMoved) {
        if (onTap) onTap(shareAt(event))
        else onEnd(shareAt(event), held.kind)
      } else onEnd(held.share, held.kind)
    },
    onPointerCancel: cancel,
  }
}

function clipped(share: number): number {
  return Math.min(1, Math.max(0, share))
}
