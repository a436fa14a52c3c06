// A volume that never jumps. While a hand holds it, and until the host has confirmed the last value, it obeys the hand;
// what others say meanwhile is a small tick.

import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { systemClock } from '../../clock.ts'
import { number, t } from '../messages/index.ts'
import { newestOnly } from '../model/newest-only.ts'
import { clickedVolume, draggedVolume, steppedVolume, tappedVolume } from '../model/volume-rule.ts'
import { useDrag } from './use-drag.ts'

interface FaderProps {
  label: string
  percent: number
  isMuted?: boolean
  isDisabled?: boolean
  /** Shown while it is held, before it is sent. */
  onMove?: (percent: number) => void
  send: (percent: number) => Promise<unknown>
}

/** So long the hand's value stands against the host's, after the last was sent. */
const confirmedWithinMs = 1500

export function Fader({ label, percent, isMuted = false, isDisabled = false, onMove, send }: FaderProps) {
  const line = useRef<HTMLDivElement>(null)
  const [own, setOwn] = useState<number>()
  const [isHeld, setHeld] = useState(false)
  const latest = useRef(send)
  latest.current = send
  const sender = useMemo(
    () => newestOnly<number>(async (value) => void (await latest.current(value)), systemClock),
    [],
  )
  const shown = own ?? percent

  const move = (value: number) => {
    if (value === own) return
    setOwn(value)
    onMove?.(value)
    sender.send(value)
  }
  const release = () => {
    setHeld(false)
    const waits = new Promise((resolve) => {
      setTimeout(resolve, confirmedWithinMs)
    })
    Promise.race([sender.settled().catch(() => {}), waits]).then(() => setOwn(undefined))
  }
  const from = useRef(0)
  const drag = useDrag(line, {
    isOn: !isDisabled,
    start: () => {
      from.current = shown
      setHeld(true)
      return shown / 100
    },
    onMove: (share, kind) =>
      move(
        kind === 'touch'
          ? draggedVolume(from.current, share - from.current / 100)
          : clickedVolume(from.current, share * 100),
      ),
    onTap: (share) => {
      move(tappedVolume(shown, share * 100))
      release()
    },
    onEnd: release,
    onCancel: () => {
      move(from.current)
      release()
    },
  })

  useEffect(() => line.current?.style.setProperty('--share', String(shown / 100)), [shown])
  useEffect(() => line.current?.style.setProperty('--said', String(percent / 100)), [percent])

  const toward = (key: string): number | undefined => {
    const by = {
      ArrowLeft: -2,
      ArrowDown: -2,
      ArrowRight: 2,
      ArrowUp: 2,
      PageDown: -10,
      PageUp: 10,
      End: 20,
    }[key]
    if (key === 'Home') return 0
    return by === undefined ? undefined : steppedVolume(shown, by)
  }

  const isTold = own !== undefined && isHeld && percent !== own
  return (
    <div
      ref={line}
      class={`fader ${isHeld ? 'held' : ''} ${isMuted ? 'muted' : ''}`}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={shown}
      aria-valuetext={t('player.percent', { count: shown })}
      aria-disabled={isDisabled || undefined}
      {...drag}
      onKeyDown={(event) => {
        const value = isDisabled ? undefined : toward(event.key)
        if (value === undefined) return
        event.preventDefault()
        event.stopPropagation()
        move(value)
        release()
      }}
    >
      <div class="fader-track" />
      <div class="fader-level" />
      {isTold && <div class="fader-said" />}
      <div class="fader-thumb" />
      {isHeld && <output class="bubble">{number(shown)}</output>}
    </div>
  )
}
