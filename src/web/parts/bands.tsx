// The songs of a side as bands, each as wide as it is long: as one sees them on vinyl.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { positionAt, type Song } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { clockText } from '../model/words.ts'
import { openMenu } from '../state/overlay.ts'
import { spokenTime } from './groove.tsx'

interface BandsProps {
  songs: readonly Song[]
  onPlay: (song: Song) => void
}

/** From here on they are too narrow to be told apart. */
const mostBands = 40
const leastWidthPx = 4
const redrawMs = 500

export function Bands({ songs, onPlay }: BandsProps) {
  const host = useHost()
  const root = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(0)
  const [isTooFine, setTooFine] = useState(false)
  const status = host.status.value
  const now = songs.findIndex(({ id }) => id === status?.track?.songId)
  const totalMs = songs.reduce((sum, { durationMs }) => sum + durationMs, 0)

  useLayoutEffect(() => {
    const width = root.current?.clientWidth ?? 0
    const shortest = Math.min(...songs.map(({ durationMs }) => durationMs))
    setTooFine(
      songs.length >= mostBands || (width > 0 && (width * shortest) / Math.max(1, totalMs) < leastWidthPx),
    )
  }, [songs])
  useEffect(() => {
    const draw = () => {
      const present = host.status.peek()
      if (!present || now === -1) return
      const share = positionAt(present, performance.now()) / Math.max(1, present.durationMs)
      root.current?.style.setProperty('--share', Math.min(1, share).toFixed(4))
    }
    draw()
    const timer = setInterval(draw, redrawMs)
    return () => clearInterval(timer)
  }, [now, status])

  if (isTooFine || totalMs === 0 || songs.length < 2) return null
  return (
    <div
      class="bands"
      dir="ltr"
      ref={root}
      role="list"
      aria-label={t('item.bands')}
      onKeyDown={(event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        if (by === undefined) return
        event.preventDefault()
        event.stopPropagation()
        const to = Math.min(songs.length - 1, Math.max(0, focused + by))
        setFocused(to)
        root.current?.querySelectorAll('button')[to]?.focus()
      }}
    >
      {songs.map((song, index) => (
        <Band
          key={song.id}
          song={song}
          state={index === now ? 'is-now' : index < now ? 'played' : 'to-come'}
          tabIndex={index === focused ? 0 : -1}
          onPlay={() => onPlay(song)}
        />
      ))}
    </div>
  )
}

interface BandProps {
  song: Song
  state: 'is-now' | 'played' | 'to-come'
  tabIndex: number
  onPlay: () => void
}

function Band({ song, state, tabIndex, onPlay }: BandProps) {
  const root = useRef<HTMLDivElement>(null)
  useLayoutEffect(
    () => root.current?.style.setProperty('flex-grow', String(Math.max(1, song.durationMs))),
    [song],
  )
  return (
    <div role="listitem" class={`band ${state}`} ref={root}>
      <button
        type="button"
        tabIndex={tabIndex}
        aria-current={state === 'is-now' ? 'true' : undefined}
        aria-label={t('item.band', {
          number: String(song.trackNumber || ''),
          title: song.title,
          time: spokenTime(song.durationMs),
        })}
        onClick={onPlay}
        onContextMenu={(event) => openMenu({ item: song, play: onPlay }, event)}
      />
      <span class="band-tip" aria-hidden="true">
        {song.title} · {clockText(song.durationMs)}
      </span>
    </div>
  )
}
