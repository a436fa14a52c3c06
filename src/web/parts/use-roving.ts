// One tab stop for a whole list; arrows move in it.

import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { revealRow } from './scroller.ts'

interface RovingOptions {
  readonly count: number
  readonly columns?: number
  readonly rowHeight: number
  /** What a row does besides, by its keys; true when it was done. */
  readonly onKey?: (event: KeyboardEvent, index: number) => boolean
  /** The focus has moved; with shift the selection follows. */
  readonly onMove?: (from: number, to: number, isExtending: boolean) => void
}

export function useRoving(options: RovingOptions) {
  const { count, columns = 1, rowHeight, onKey, onMove } = options
  const [focused, setFocused] = useState(0)
  const list = useRef<HTMLElement | null>(null)
  const current = Math.min(focused, Math.max(0, count - 1))

  /** Where the focus goes as soon as it is in the document: keys that come faster than it is drawn count from there. */
  const wanted = useRef<number | undefined>(undefined)

  const reach = () => {
    const row = list.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`)
    if (!row) return
    wanted.current = undefined
    row.focus({ preventScroll: true })
  }
  // The row that had the focus may have left the document: no key may come before another has it.
  useLayoutEffect(() => {
    if (wanted.current !== undefined) reach()
  })

  const focusAt = (index: number) => {
    setFocused(index)
    revealRow(list.current, Math.floor(index / columns) * rowHeight, rowHeight)
    wanted.current = index
    reach()
  }

  return {
    focused: current,
    focusAt,
    tabIndexOf: (index: number): number => (index === current ? 0 : -1),
    onFocus: (index: number) => setFocused(index),
    onKeyDown(event: KeyboardEvent) {
      const root = event.currentTarget as HTMLElement
      list.current = root
      const at = wanted.current ?? indexIn(event.target)
      if (at === undefined) return
      if (onKey?.(event, at)) return event.preventDefault()
      if (event.altKey || event.ctrlKey || event.metaKey) return
      const to = target(event.key, at, { count, columns, page: pageRows(rowHeight) * columns, root })
      if (to === undefined || to === at) return
      event.preventDefault()
      onMove?.(at, to, event.shiftKey)
      focusAt(to)
    },
  }
}

interface Extent {
  readonly count: number
  readonly columns: number
  readonly page: number
  readonly root: HTMLElement
}

function target(key: string, at: number, { count, columns, page, root }: Extent): number | undefined {
  const isMirrored = getComputedStyle(root).direction === 'rtl'
  const sideways = columns > 1 ? 1 : 0
  const steps: Record<string, number> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    ArrowRight: isMirrored ? -sideways : sideways,
    ArrowLeft: isMirrored ? sideways : -sideways,
    PageDown: page,
    PageUp: -page,
    Home: -count,
    End: count,
  }
  const by = steps[key]
  if (by === undefined) return undefined
  const wanted = at + by
  // Up from the first row and down from the last stay where they are.
  if ((key === 'ArrowUp' || key === 'ArrowDown') && (wanted < 0 || wanted >= count)) return undefined
  return Math.min(count - 1, Math.max(0, wanted))
}

function pageRows(rowHeight: number): number {
  return Math.max(1, Math.floor(innerHeight / rowHeight) - 2)
}

function indexIn(element: EventTarget | null): number | undefined {
  if (!(element instanceof HTMLElement)) return undefined
  const index = element.dataset['index']
  return index === undefined ? undefined : Number(index)
}
