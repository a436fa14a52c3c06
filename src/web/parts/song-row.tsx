// A song in a list.

import { useRef, useState } from 'preact/hooks'
import type { Song } from '../../remote/index.ts'
import { t } from '../messages/index.ts'
import { clockText } from '../model/words.ts'
import { coverOfSong } from '../state/covers.ts'
import { endDrag } from '../state/dragged.ts'
import { IconButton } from './button.tsx'
import { Cover } from './cover.tsx'
import { spokenTime } from './groove.tsx'
import { Icon } from './icon.tsx'
import { DiscMark } from './mark.tsx'
import { Stars } from './stars.tsx'
import { isTouch } from './use-media.ts'
import { useLongPress } from './use-press.ts'
import { useSwipe } from './use-swipe.ts'

/** 'songs': cover, artist and album; 'album': its number; 'plays': how often instead of the album. */
export type RowKind = 'songs' | 'album' | 'plays'

export interface SongRowProps {
  song: Song | undefined
  index: number
  kind: RowKind
  tabIndex: number
  /** What plays, and whether it runs. */
  playing: 'no' | 'running' | 'waiting'
  isSelected: boolean
  isSelecting: boolean
  /** The artist, where it differs from the album's. */
  hasArtist?: boolean
  onPlay: (event: MouseEvent) => void
  onMenu: (event: MouseEvent | PointerEvent) => void
  onRate: (stars: number) => void
  /** By a finger that pushes the row to the end side, or to the start side. */
  onNext: () => void
  onLater: () => void
  onFocus: () => void
  /** A pointer takes it to a playlist or the queue. */
  onDragStart: (event: DragEvent) => void
  handle?: preact.ComponentChildren
}

export function SongRow(props: SongRowProps) {
  const { song, index, kind, playing, isSelected, isSelecting, onMenu } = props
  const press = useLongPress(onMenu)
  const root = useRef<HTMLDivElement>(null)
  const [pushed, setPushed] = useState<'start' | 'end'>()
  const swipe = useSwipe(root, { onEnd: props.onNext, onStart: props.onLater, onShow: setPushed })
  const [wasTouched, setTouched] = useState(false)
  const touch = () => setTouched(true)
  if (!song) return <RowSkeleton index={index} hasCover={kind !== 'album'} />
  const classes = [
    'row',
    `row-${kind}`,
    playing !== 'no' && 'playing',
    isSelected && 'selected',
    isSelecting && 'selecting',
  ]
  const under = [song.artist, kind === 'album' ? '' : song.album].filter(Boolean).join(' — ')
  return (
    <div
      ref={root}
      class={classes.filter(Boolean).join(' ')}
      role="row"
      data-index={index}
      tabIndex={props.tabIndex}
      aria-rowindex={index + 1}
      aria-selected={isSelecting ? isSelected : undefined}
      aria-current={playing === 'no' ? undefined : 'true'}
      aria-label={nameOfRow(song)}
      onClick={(event) => !press.takeLong() && !swipe.takeSwiped() && props.onPlay(event)}
      onContextMenu={onMenu}
      onFocus={props.onFocus}
      onFocusIn={touch}
      onPointerEnter={touch}
      draggable={!isTouch.value}
      onDragStart={props.onDragStart}
      onDragEnd={endDrag}
      {...press.handlers}
      {...swipe.handlers}
    >
      {pushed && (
        <span class={`row-pushed ${pushed}`} aria-hidden="true">
          <Icon name={pushed === 'end' ? 'play-next' : 'play-later'} />
        </span>
      )}
      <div class="row-lead" role="gridcell">
        <Lead {...props} song={song} />
      </div>
      <div class="row-names" role="gridcell">
        <span class="row-title" dir="auto" title={song.title}>
          {kind !== 'album' && playing !== 'no' && <DiscMark isTurning={playing === 'running'} size={18} />}
          <span>{song.title || t('item.untitled')}</span>
        </span>
        {(kind !== 'album' || props.hasArtist) && (
          <span class="row-under" dir="auto">
            {kind === 'album' ? song.artist : under}
          </span>
        )}
      </div>
      {kind !== 'album' && (
        <>
          <div class="row-artist" role="gridcell" dir="auto" title={song.artist}>
            {song.artist}
          </div>
          <div class="row-album" role="gridcell" dir="auto" title={song.album}>
            {kind === 'plays' ? t('count.plays', { count: song.playCount }) : song.album}
          </div>
        </>
      )}
      <div class="row-stars" role="gridcell">
        {/* Half of what a row is made of, and not seen until one comes near. */}
        {(wasTouched || song.ratingPercent > 0) && (
          <Stars percent={song.ratingPercent} size={14} isInRow onRate={props.onRate} />
        )}
      </div>
      <div class="row-time" role="gridcell">
        {clockText(song.durationMs)}
      </div>
      <div class="row-more" role="gridcell">
        {props.handle}
        <IconButton
          icon="more"
          label={t('item.moreOf', { title: song.title })}
          hasPopup="menu"
          isInRow
          onClick={(event) => {
            event.stopPropagation()
            onMenu(event)
          }}
        />
      </div>
    </div>
  )
}

function Lead({ song, kind, playing, isSelected }: SongRowProps & { song: Song }) {
  if (isSelected)
    return (
      <span class="row-check">
        <Icon name="check" size={18} />
      </span>
    )
  if (kind !== 'album') return <Cover of={coverOfSong(song)} size={44} title={song.album || song.title} />
  if (playing !== 'no') return <DiscMark isTurning={playing === 'running'} />
  return (
    <>
      <span class="row-number">{song.trackNumber || ''}</span>
      <span class="row-play">
        <Icon name="play" size={18} />
      </span>
    </>
  )
}

function RowSkeleton({ index, hasCover }: { index: number; hasCover: boolean }) {
  return (
    <div class="row skeleton" role="row" aria-rowindex={index + 1} data-index={index} tabIndex={-1}>
      <div class="row-lead" role="gridcell">
        {hasCover && <div class="cover" />}
      </div>
      <div class="row-names" role="gridcell">
        <span class="bar" />
        <span class="bar short" />
      </div>
    </div>
  )
}

function nameOfRow(song: Song): string {
  const stars = Math.round(song.ratingPercent / 20)
  return [
    song.title || t('item.untitled'),
    song.artist,
    song.album,
    stars > 0 ? t('rating.of', { count: stars }) : '',
    spokenTime(song.durationMs),
  ]
    .filter(Boolean)
    .join(', ')
}
