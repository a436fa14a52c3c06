// The queue: what plays, what was put up by hand, what follows from what was started. Sorted by hand and by key.

import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { QueueSong } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { coverOfNow, NowNames, PlayButton } from '../app/player-parts.tsx'
import { t } from '../messages/index.ts'
import { IconButton } from '../parts/button.tsx'
import { Cover } from '../parts/cover.tsx'
import { Icon } from '../parts/icon.tsx'
import { DiscMark } from '../parts/mark.tsx'
import { Page } from '../parts/page.tsx'
import { QueueRow } from '../parts/queue-row.tsx'
import { timeInWords } from '../parts/time-words.ts'
import { Tinted } from '../parts/tinted.tsx'
import { rowHeight } from '../parts/use-media.ts'
import { useReorder } from '../parts/use-reorder.ts'
import { useRoving } from '../parts/use-roving.ts'
import { toggleShuffle, turnRepeat } from '../state/actions.ts'
import { openMenu, openOverlay } from '../state/overlay.ts'
import { clearQueue, jumpTo, moveTo, removeFromQueue } from '../state/queue-actions.ts'
import { hrefOf } from '../state/route.ts'

const songsToCome = (queue: { songs: readonly QueueSong[] } | undefined) =>
  (queue?.songs ?? []).filter(({ offset }) => offset > 0)

export function QueueView() {
  const host = useHost()
  const queue = host.queue.value
  const songs = songsToCome(queue)
  const byHand = songs.findIndex(({ section }) => section !== 'user')
  const border = byHand === -1 ? songs.length : byHand
  const root = useRef<HTMLDivElement>(null)
  /** Read when a key comes: several may come before the next drawing. */
  const held = useSignal<number | undefined>(undefined)
  const height = rowHeight()

  const move = (index: number, to: number) => {
    const songs = songsToCome(host.queue.value)
    const song = songs[index]
    if (song && to !== index && to >= 0 && to < songs.length) moveTo(host, song, to)
  }
  const reorder = useReorder(root, { onDrop: move })
  const roving = useRoving({
    count: songs.length,
    rowHeight: height,
    onKey: (event, index) => runKey(event, index),
  })

  const menuFor = (song: QueueSong, index: number, event: MouseEvent | KeyboardEvent) =>
    openMenu(
      {
        entry: song,
        more: [
          { icon: 'play', label: t('queue.jump'), keys: '↵', run: () => jumpTo(host, song) },
          { icon: 'up', label: t('queue.moveUp'), keys: 'Alt ↑', run: () => move(index, index - 1) },
          { icon: 'down', label: t('queue.moveDown'), keys: 'Alt ↓', run: () => move(index, index + 1) },
          { icon: 'up', label: t('queue.moveTop'), keys: 'Alt Home', run: () => move(index, 0) },
          {
            icon: 'down',
            label: t('queue.moveEnd'),
            keys: 'Alt End',
            run: () => move(index, songs.length - 1),
          },
          {
            icon: 'remove',
            label: t('item.remove'),
            keys: 'Del',
            run: () => void removeFromQueue(host, [song]),
          },
        ],
      },
      event,
    )

  function runKey(event: KeyboardEvent, focused: number): boolean {
    const songs = songsToCome(host.queue.value)
    const index = held.value ?? focused
    const song = songs[index]
    if (!song) return false
    const alt = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: songs.length - 1 }[event.key]
    const isHeld = held.value !== undefined
    if ((event.altKey || isHeld) && alt !== undefined) {
      if (alt < 0 || alt >= songs.length) return true
      move(index, alt)
      if (isHeld) held.value = alt
      roving.focusAt(alt)
    } else if (event.key === ' ') held.value = isHeld ? undefined : index
    else if (event.key === 'Escape' && isHeld) held.value = undefined
    else if (event.key === 'Delete') void removeFromQueue(host, [song])
    else if (event.key === 'Enter') jumpTo(host, song)
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
      menuFor(song, index, event)
    else return false
    return true
  }

  const row = (song: QueueSong, index: number) => (
    <QueueRow
      key={song.entryId ?? song.offset}
      song={song}
      index={index}
      count={songs.length}
      tabIndex={roving.tabIndexOf(index)}
      isHeld={held.value === index || reorder.heldIndex === index}
      onPlay={() => jumpTo(host, song)}
      onRemove={() => void removeFromQueue(host, [song])}
      onMenu={(event) => menuFor(song, index, event)}
      onFocus={() => roving.onFocus(index)}
      onGrab={(event) => reorder.grab(event, index)}
      onGrabKey={() => {
        held.value = held.value === index ? undefined : index
      }}
    />
  )

  return (
    <Page
      title={t('page.queue')}
      class="queue-page"
      tools={
        <>
          <IconButton
            icon="save"
            label={t('queue.save')}
            isDisabled={songs.length === 0}
            onClick={() => openOverlay({ kind: 'save-queue' })}
          />
          <IconButton
            icon="remove"
            label={t('queue.clear')}
            isDisabled={songs.length === 0}
            onClick={() => void clearQueue(host)}
          />
        </>
      }
    >
      <QueueChips />
      <Now />
      <div
        ref={root}
        onKeyDown={roving.onKeyDown}
        class={reorder.heldIndex === undefined ? undefined : 'reordering'}
      >
        {songs.length === 0 && <p class="quiet">{t('queue.empty')}</p>}
        {border > 0 && <Part title={t('player.upNext')} songs={songs.slice(0, border)} from={0} row={row} />}
        {border < songs.length && (
          <Part
            title={queue?.from ? t('player.thenFrom', { name: queue.from }) : t('player.then')}
            songs={songs.slice(border)}
            from={border}
            row={row}
          />
        )}
      </div>
    </Page>
  )
}

interface PartProps {
  title: string
  songs: readonly QueueSong[]
  from: number
  row: (song: QueueSong, index: number) => preact.ComponentChildren
}

function Part({ title, songs, from, row }: PartProps) {
  const durationMs = songs.reduce((sum, song) => sum + song.durationMs, 0)
  const sum = t('queue.sum', {
    songs: t('count.songs', { count: songs.length }),
    time: timeInWords(durationMs),
  })
  return (
    <section class="queue-part">
      <div class="queue-part-head">
        <h2 dir="auto">{title}</h2>
        <span>{sum}</span>
      </div>
      <div role="grid" aria-label={title} aria-rowcount={songs.length}>
        {songs.map((song, index) => row(song, from + index))}
      </div>
    </section>
  )
}

function QueueChips() {
  const host = useHost()
  const status = host.status.value
  const repeat = status?.repeat ?? 'off'
  return (
    <div class="chips">
      <a class="chip" href={hrefOf('history')}>
        <Icon name="recent" size={18} />
        {t('queue.history')}
      </a>
      <button
        type="button"
        class="chip"
        aria-pressed={status?.isShuffled ?? false}
        onClick={() => toggleShuffle(host)}
      >
        <Icon name="shuffle" size={18} />
        {t('player.shuffle')}
      </button>
      <button
        type="button"
        class={`chip ${repeat === 'off' ? '' : 'on'}`}
        aria-label={t(`player.repeat.${repeat}`)}
        onClick={() => turnRepeat(host)}
      >
        <Icon name={repeat === 'song' ? 'repeat-one' : 'repeat'} size={18} />
        {t('player.repeat')}
      </button>
    </div>
  )
}

function Now() {
  const host = useHost()
  const status = host.status.value
  const track = status?.track
  if (!track) return null
  return (
    <Tinted of={coverOfNow(host)} class="queue-now">
      <Cover of={coverOfNow(host)} size={52} title={track.album || track.title} />
      <DiscMark isTurning={status.state === 'playing'} />
      <NowNames />
      <PlayButton class="bare" />
    </Tinted>
  )
}
