// A song in the queue.

import { useRef, useState } from 'preact/hooks'
import type { QueueSong } from '../../remote/index.ts'
import { t } from '../messages/index.ts'
import { clockText } from '../model/words.ts'
import { coverOfSong } from '../state/covers.ts'
import { IconButton } from './button.tsx'
import { Cover } from './cover.tsx'
import { Icon } from './icon.tsx'
import { useLongPress } from './use-press.ts'
import { useSwipe } from './use-swipe.ts'

interface QueueRowProps {
  song: QueueSong
  index: number
  count: number
  tabIndex: number
  isHeld: boolean
  onPlay: () => void
  onRemove: () => void
  onMenu: (event: MouseEvent | PointerEvent) => void
  onFocus: () => void
  onGrab: (event: PointerEvent) => void
  onGrabKey: () => void
}

export function QueueRow(props: QueueRowProps) {
  const { song, index, count, isHeld, onMenu } = props
  const press = useLongPress(onMenu)
  const root = useRef<HTMLDivElement>(null)
  const [isGoing, setGoing] = useState(false)
  const swipe = useSwipe(root, {
    onStart: () => {
      setGoing(true)
      props.onRemove()
    },
  })
  const title = song.title || t('item.untitled')
  return (
    <div
      ref={root}
      class={`row row-queue ${isHeld ? 'held' : ''} ${isGoing ? 'going' : ''}`}
      role="row"
      data-index={index}
      tabIndex={props.tabIndex}
      aria-rowindex={index + 1}
      aria-label={[title, song.artist, clockText(song.durationMs)].filter(Boolean).join(', ')}
      onClick={() => !press.takeLong() && !swipe.takeSwiped() && props.onPlay()}
      onContextMenu={onMenu}
      onFocus={props.onFocus}
      {...press.handlers}
      {...swipe.handlers}
    >
      <div class="row-lead" role="gridcell">
        <Cover of={coverOfSong(song)} size={44} title={song.album || song.title} />
      </div>
      <div class="row-names" role="gridcell">
        <span class="row-title" dir="auto" title={song.title}>
          {title}
        </span>
        <span class="row-under" dir="auto">
          {song.artist}
        </span>
      </div>
      <div class="row-time" role="gridcell">
        {clockText(song.durationMs)}
      </div>
      <div class="row-more" role="gridcell">
        <IconButton
          icon="more"
          label={t('item.moreOf', { title })}
          hasPopup="menu"
          isInRow
          onClick={(event) => {
            event.stopPropagation()
            onMenu(event)
          }}
        />
        <button
          type="button"
          class="handle"
          tabIndex={-1}
          aria-label={t('queue.move', { title, position: index + 1, count })}
          aria-pressed={isHeld}
          onPointerDown={props.onGrab}
          onClick={(event) => {
            event.stopPropagation()
            if (event.detail === 0) props.onGrabKey()
          }}
        >
          <Icon name="handle" />
        </button>
      </div>
    </div>
  )
}
