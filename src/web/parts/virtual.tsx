// A list of any length: only what is under the eye is in the document. The one that has the focus stays in it.

import type { Signal } from '@preact/signals'
import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { firstSeen, heightOf, type Range, visibleRange } from '../model/visible-range.ts'
import { noteScroll } from './flight.ts'
import { scroller } from './scroller.ts'

interface VirtualProps {
  count: number
  columns?: number
  rowHeight: number
  class?: string
  role: 'grid' | 'list'
  label: string
  isMultiselectable?: boolean
  /** Kept in the document even when it is scrolled away. */
  focused?: number | undefined
  /** Kept as the first that is seen. */
  first?: Signal<number> | undefined
  /** Called when other rows come under the eye. */
  onRange?: (range: Range) => void
  onKeyDown?: (event: KeyboardEvent) => void
  render: (index: number) => ComponentChildren
}

export function Virtual(props: VirtualProps) {
  const { count, columns = 1, rowHeight, role, label, focused, onRange } = props
  const root = useRef<HTMLDivElement>(null)
  const places = usePlaces(props)
  const grid = { count, columns, rowHeight }
  const [range, setRange] = useState<Range>(() => visibleRange(grid, 0, scroller()?.clientHeight ?? 0))

  const look = () => {
    const frame = scroller()
    if (!frame || !root.current) return
    const top = frame.getBoundingClientRect().top - root.current.getBoundingClientRect().top
    if (props.first) props.first.value = firstSeen(grid, top)
    const found = visibleRange(grid, top, frame.clientHeight)
    setRange((before) => (before.from === found.from && before.to === found.to ? before : found))
  }
  const lookNow = useRef(look)
  lookNow.current = look

  // At first the range is known, and where one is follows with the first frame: to look would lay everything out twice.
  const isDrawn = useRef(false)
  useLayoutEffect(() => {
    if (isDrawn.current) lookNow.current()
    isDrawn.current = true
  }, [count, columns, rowHeight])
  useEffect(() => {
    const frame = scroller()
    if (!frame) return
    let waiting = 0
    const soon = () => {
      waiting ||= requestAnimationFrame(() => {
        waiting = 0
        noteScroll(frame.scrollTop, frame.clientHeight)
        lookNow.current()
      })
    }
    frame.addEventListener('scroll', soon, { passive: true })
    const resized = new ResizeObserver(soon)
    resized.observe(frame)
    return () => {
      frame.removeEventListener('scroll', soon)
      resized.disconnect()
      cancelAnimationFrame(waiting)
    }
  }, [])
  useEffect(() => onRange?.(range), [range.from, range.to, count])
  useLayoutEffect(() => {
    root.current?.style.setProperty('height', `${heightOf(grid)}px`)
    root.current?.style.setProperty('--columns', String(columns))
  })

  const shown: number[] = []
  if (focused !== undefined && focused < Math.min(range.from, count)) shown.push(focused)
  for (let index = range.from; index < Math.min(range.to, count); index += 1) shown.push(index)
  if (focused !== undefined && focused >= range.to && focused < count) shown.push(focused)

  return (
    <div
      ref={root}
      class={`virtual ${props.class ?? ''}`}
      role={role}
      aria-label={label}
      aria-rowcount={role === 'grid' ? count : undefined}
      aria-multiselectable={props.isMultiselectable || undefined}
      onKeyDown={props.onKeyDown}
    >
      {places(shown)}
    </div>
  )
}

/** While one scrolls, what was drawn stays as it is: only what comes is made. */
function usePlaces({ columns = 1, rowHeight, render }: VirtualProps) {
  const drawn = useRef({ render, places: new Map<number, VNode>() })
  if (drawn.current.render !== render) drawn.current = { render, places: new Map() }
  return (shown: readonly number[]): VNode[] => {
    const before = drawn.current.places
    const places = new Map<number, VNode>()
    for (const index of shown) places.set(index, before.get(index) ?? placeOf(index))
    drawn.current.places = places
    return [...places.values()]
  }

  function placeOf(index: number): VNode {
    return (
      <Place key={index} row={Math.floor(index / columns)} column={index % columns} height={rowHeight}>
        {render(index)}
      </Place>
    )
  }
}

interface PlaceProps {
  row: number
  column: number
  height: number
  children: ComponentChildren
}

function Place({ row, column, height, children }: PlaceProps) {
  const root = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const style = root.current?.style
    style?.setProperty('transform', `translateY(${row * height}px)`)
    style?.setProperty('--column', String(column))
    style?.setProperty('height', `${height}px`)
  }, [row, column, height])
  return (
    <div class="place" ref={root} role="presentation">
      {children}
    </div>
  )
}
