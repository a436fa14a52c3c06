// A sheet from the foot on phones, a popover beside its button elsewhere. The browser keeps the focus inside, and gives
// it back.

import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../messages/index.ts'
import type { Point } from '../state/overlay.ts'
import { IconButton } from './button.tsx'

interface DialogProps {
  label: string
  title?: string
  class?: string
  at?: Point | undefined
  onClose: () => void
  children: ComponentChildren
}

const edge = 12
const swipePx = 72
const popoverFrom = 600

export function Dialog({ label, title, class: extra = '', at, onClose, children }: DialogProps) {
  const root = useRef<HTMLDialogElement>(null)
  const swipe = useRef<{ y: number; id: number }>(undefined)

  useLayoutEffect(() => {
    const dialog = root.current
    if (!dialog) return
    if (!dialog.open) dialog.showModal()
    placeBeside(dialog, at)
    // What is in it may come a moment later, and grow.
    const resized = new ResizeObserver(() => placeBeside(dialog, at))
    resized.observe(dialog)
    return () => {
      resized.disconnect()
      dialog.close()
    }
  }, [])

  const drag = (event: PointerEvent) => {
    if (swipe.current?.id !== event.pointerId) return
    root.current?.style.setProperty('--pulled', `${Math.max(0, event.clientY - swipe.current.y)}px`)
  }
  const drop = (event: PointerEvent) => {
    const pulled = swipe.current ? event.clientY - swipe.current.y : 0
    swipe.current = undefined
    root.current?.style.removeProperty('--pulled')
    if (pulled > swipePx) onClose()
  }

  return (
    <dialog
      ref={root}
      class={`sheet ${extra}`}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === root.current && onClose()}
    >
      <div class="sheet-body">
        <div
          class="sheet-grab"
          onPointerDown={(event) => {
            swipe.current = { y: event.clientY, id: event.pointerId }
            ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
          }}
          onPointerMove={drag}
          onPointerUp={drop}
          onPointerCancel={drop}
        />
        {title && (
          <div class="sheet-head">
            <h2>{title}</h2>
            <IconButton icon="close" label={t('player.close')} onClick={onClose} />
          </div>
        )}
        {children}
      </div>
    </dialog>
  )
}

/** Wholly on the screen, and not under the pointer. */
function placeBeside(dialog: HTMLDialogElement, at: Point | undefined): void {
  if (innerWidth < popoverFrom || !at) return
  const { width, height } = dialog.getBoundingClientRect()
  const x = at.x + width + edge > innerWidth ? Math.max(edge, at.x - width) : at.x
  const y = Math.max(edge, Math.min(at.y, innerHeight - height - edge))
  dialog.classList.add('placed')
  dialog.style.setProperty('left', `${x}px`)
  dialog.style.setProperty('top', `${y}px`)
}
