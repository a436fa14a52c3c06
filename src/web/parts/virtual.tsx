// A list of any length: only what is under the eye is in the document. The one that has the focus stays in it.

import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { heightOf, type Range, visibleRange } from '../model/visible-range.ts'
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
  /** Called when other rows come under the eye. */
  onRange?: (range: Range) => void
  onKeyDown?: (event: KeyboardEvent) => void
  render: (index: number) => ComponentChildren
}

export function Virtual(props: VirtualProps) {
  const { count, columns = 1, rowHeight, role, label, focused, onRange, render } = props
  const root = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState<Range>({ from: 0, to: Math.min(count, 40 * columns) })
  const grid = { count, columns, rowHeight }

  const look = () => {
    const frame = scroller()
    if (!frame || !root.current) return
    const top = frame.getBoundingClientRect().top - root.current.getBoundingClientRect().top
    const found = visibleRange(grid, top, frame.clientHeight)
    setRange((before) => (before.from === found.from && before.to === found.to ? before : found))
  }
  const lookNow = useRef(look)
  lookNow.current = look

  useLayoutEffect(() => lookNow.current(), [count, columns, rowHeight])
  useEffect(() => {
    const frame = scroller()
    if (!frame) return
    let waiting = 0
    const soon = () => {
      waiting ||= requestAnimationFrame(() => {
        waiting = 0
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
      {shown.map((index) => (
        <Place key={index} row={Math.floor(index / columns)} column={index % columns} height={rowHeight}>
          {render(index)}
        </Place>
      ))}
    </div>
  )
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
