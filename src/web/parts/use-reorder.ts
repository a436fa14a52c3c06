// A row in the hand: it follows the pointer, a line shows where it would go, the edges scroll. Escape puts it back.

import { useRef, useState } from 'preact/hooks'
import { scroller } from './scroller.ts'

interface ReorderOptions {
  /** From one place to another; places count rows with `data-index`. */
  readonly onDrop: (from: number, to: number) => void
}

const edgePx = 64
const fastestPx = 14

export function useReorder(list: { readonly current: HTMLElement | null }, { onDrop }: ReorderOptions) {
  const [heldIndex, setHeldIndex] = useState<number>()
  const dropped = useRef(onDrop)
  dropped.current = onDrop

  function grab(event: PointerEvent, from: number): void {
    if (event.button !== 0) return
    event.preventDefault()
    event.stopPropagation()
    const row = rowsOf(list.current)[from]
    const frame = scroller()
    if (!row || !frame) return
    const handle = event.currentTarget as HTMLElement
    handle.setPointerCapture(event.pointerId)
    setHeldIndex(from)
    const startY = event.clientY
    const startScroll = frame.scrollTop
    let pointerY = startY
    let to = from
    let turn = 0

    const place = () => {
      row.style.setProperty('--pulled', `${pointerY - startY + frame.scrollTop - startScroll}px`)
      to = placeAt(rowsOf(list.current), from, pointerY)
      markLine(rowsOf(list.current), from, to)
    }
    const scrollOn = () => {
      const box = frame.getBoundingClientRect()
      const above = box.top + edgePx - pointerY
      const below = pointerY - (box.bottom - edgePx)
      const by = above > 0 ? -above : below > 0 ? below : 0
      if (by !== 0) {
        frame.scrollTop += Math.sign(by) * Math.min(fastestPx, Math.abs(by) / 4)
        place()
      }
      turn = requestAnimationFrame(scrollOn)
    }
    const move = (moved: PointerEvent) => {
      pointerY = moved.clientY
      place()
    }
    const end = (isDropped: boolean) => {
      cancelAnimationFrame(turn)
      row.style.removeProperty('--pulled')
      markLine(rowsOf(list.current), from, from)
      handle.removeEventListener('pointermove', move)
      handle.removeEventListener('pointerup', drop)
      handle.removeEventListener('pointercancel', cancel)
      removeEventListener('keydown', onKey, true)
      setHeldIndex(undefined)
      if (isDropped && to !== from) dropped.current(from, to)
    }
    const drop = () => end(true)
    const cancel = () => end(false)
    const onKey = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Escape') return
      pressed.preventDefault()
      cancel()
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', drop)
    handle.addEventListener('pointercancel', cancel)
    addEventListener('keydown', onKey, true)
    turn = requestAnimationFrame(scrollOn)
  }

  return { heldIndex, grab }
}

function rowsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[data-index]') ?? [])]
}

/** Where a row would stand if it were dropped at this height; the others count without it. */
function placeAt(rows: readonly HTMLElement[], from: number, y: number): number {
  const others = rows.filter((_, index) => index !== from)
  const below = others.findIndex((row) => {
    const box = row.getBoundingClientRect()
    return y < (box.top + box.bottom) / 2
  })
  return below === -1 ? others.length : below
}

function markLine(rows: readonly HTMLElement[], from: number, to: number): void {
  for (const [index, row] of rows.entries()) {
    row.classList.toggle('drop-before', to < from && index === to)
    row.classList.toggle('drop-behind', to > from && index === to)
  }
}
