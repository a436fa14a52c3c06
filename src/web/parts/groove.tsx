// The position: a needle in a groove. Drawn without the page being drawn anew, and only when it moves by a pixel.

import { effect } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Status } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { number, t } from '../messages/index.ts'
import { msPerPixel, nextShown, type Shown } from '../model/position.ts'
import { clockText, remainingText } from '../model/words.ts'
import { seek } from '../state/actions.ts'
import { useDrag } from './use-drag.ts'

const smallStepMs = 5000
const largeStepMs = 30_000

interface GrooveProps {
  /** Between the times. */
  children?: preact.ComponentChildren
  hasTimes?: boolean
  /** Nothing to take hold of: where it is too thin for a finger. */
  isShownOnly?: boolean
  class?: string
}

export function Groove({ children, hasTimes = true, isShownOnly = false, class: extra = '' }: GrooveProps) {
  const host = useHost()
  const line = useRef<HTMLDivElement>(null)
  const elapsed = useRef<HTMLSpanElement>(null)
  const remaining = useRef<HTMLSpanElement>(null)
  const [wanted, setWanted] = useState<number>()
  const status = host.status.value
  const isLost = host.link.value.state !== 'here'
  const durationMs = status?.durationMs ?? 0
  const canSeek = !isShownOnly && !isLost && (status?.canSeek ?? false)
  const shown = useRunning(line, elapsed, remaining, wanted)

  const drag = useDrag(line, {
    isOn: canSeek,
    start: () => shown() / Math.max(1, durationMs) || 0,
    onMove: (share) => setWanted(share * durationMs),
    onEnd: (share) => {
      setWanted(undefined)
      seek(host, share * durationMs)
    },
    onCancel: () => setWanted(undefined),
  })

  const toward = (event: KeyboardEvent): number | undefined => {
    const steps: Record<string, number> = {
      ArrowLeft: -smallStepMs,
      ArrowDown: -smallStepMs,
      ArrowRight: smallStepMs,
      ArrowUp: smallStepMs,
      PageDown: -largeStepMs,
      PageUp: largeStepMs,
      Home: Number.NEGATIVE_INFINITY,
    }
    const by = steps[event.key]
    return by === undefined ? undefined : Math.max(0, shown() + by)
  }

  const classes = [
    'groove',
    extra,
    isLost ? 'lost' : status?.state === 'playing' ? 'running' : 'waiting',
    durationMs > 0 ? '' : 'endless',
    wanted === undefined ? '' : 'held',
  ]
  return (
    <div class={classes.join(' ')}>
      <div
        class="groove-line"
        ref={line}
        {...(canSeek ? drag : {})}
        {...(durationMs > 0 && !isShownOnly
          ? {
              role: 'slider',
              tabIndex: 0,
              'aria-label': t('player.position'),
              'aria-valuemin': 0,
              'aria-valuemax': Math.round(durationMs / 1000),
              'aria-disabled': !canSeek,
            }
          : {})}
        onKeyDown={(event) => {
          const place = canSeek ? toward(event) : undefined
          if (place === undefined) return
          event.preventDefault()
          event.stopPropagation()
          seek(host, place)
        }}
      >
        <div class="groove-track" />
        <div class="groove-played" />
        <svg class="arm" width="18" height="26" viewBox="0 0 18 26" aria-hidden="true">
          <path class="arm-ground" d="M4.2 23.8 9.5 17.2 11.8 6" />
          <path class="arm-line" d="M4.2 23.8 9.5 17.2 11.8 6" />
          <circle class="needle-fill" cx="12.3" cy="4.6" r="3.4" />
        </svg>
        {wanted !== undefined && <output class="bubble">{clockText(wanted)}</output>}
      </div>
      {hasTimes && (
        <div class="groove-times">
          <span ref={elapsed} />
          {children}
          <span ref={remaining} />
        </div>
      )}
    </div>
  )
}

type Ref<Element> = { readonly current: Element | null }

/** Keeps the line, the arm and the times where the song is; gives where that is, ms. */
function useRunning(
  line: Ref<HTMLElement>,
  elapsed: Ref<HTMLElement>,
  remaining: Ref<HTMLElement>,
  wanted: number | undefined,
): () => number {
  const host = useHost()
  const shown = useRef<Shown>(undefined)
  const song = useRef<number>(undefined)
  const wantedNow = useRef(wanted)
  wantedNow.current = wanted

  const draw = (status: Status | undefined) => {
    const root = line.current
    if (!root) return
    const nowMs = performance.now()
    if (song.current !== status?.track?.songId) shown.current = undefined
    song.current = status?.track?.songId
    const isRunning = status?.state === 'playing' && host.link.value.state === 'here'
    const heard = {
      positionMs: status?.positionMs ?? 0,
      readAtMs: status?.readAtMs ?? nowMs,
      durationMs: status?.durationMs ?? 0,
      isRunning,
    }
    shown.current = nextShown(shown.current, heard, nowMs)
    const positionMs = wantedNow.current ?? shown.current.positionMs
    const share = heard.durationMs > 0 ? Math.min(1, positionMs / heard.durationMs) : 0
    root.style.setProperty('--share', share.toFixed(5))
    write(elapsed.current, status?.track ? clockText(positionMs) : '')
    write(remaining.current, heard.durationMs > 0 ? remainingText(positionMs, heard.durationMs) : '')
    if (root.role === 'slider') tell(root, positionMs, heard.durationMs)
  }

  useEffect(
    () =>
      effect(() => {
        const status = host.status.value
        draw(status)
        if (status?.state !== 'playing') return
        return whileItMoves(
          () => stepMs(line.current, status.durationMs),
          () => draw(status),
        )
      }),
    [host],
  )
  useEffect(() => draw(host.status.value), [wanted])
  return () => shown.current?.positionMs ?? 0
}

/** A frame for each pixel of its way: none while the song rests, and none while the page is hidden. */
function whileItMoves(waitMs: () => number, draw: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame = 0
  const rest = () => {
    timer = setTimeout(() => {
      frame = requestAnimationFrame(() => {
        draw()
        rest()
      })
    }, waitMs())
  }
  rest()
  return () => {
    clearTimeout(timer)
    cancelAnimationFrame(frame)
  }
}

function stepMs(line: HTMLElement | null, durationMs: number): number {
  const width = (line?.offsetWidth ?? 0) * devicePixelRatio
  return reducesMotion.matches ? 1000 : Math.min(1000, msPerPixel(durationMs, width))
}

const reducesMotion = matchMedia('(prefers-reduced-motion: reduce)')

function write(element: HTMLElement | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text
}

const toldEveryMs = 5000

/** A screen reader hears it every five seconds, and at once when it was moved. */
function tell(slider: HTMLElement, positionMs: number, durationMs: number): void {
  const told = Number(slider.dataset['told'] ?? Number.NaN)
  if (Math.abs(positionMs - told) < toldEveryMs) return
  slider.dataset['told'] = String(positionMs)
  slider.setAttribute('aria-valuenow', String(Math.round(positionMs / 1000)))
  slider.setAttribute(
    'aria-valuetext',
    t('player.positionText', { position: spokenTime(positionMs), duration: spokenTime(durationMs) }),
  )
}

/** "2 minutes 6". */
export function spokenTime(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return t('player.timeText', {
    minutes: t('count.minutes', { count: Math.floor(seconds / 60) }),
    seconds: number(seconds % 60),
  })
}
