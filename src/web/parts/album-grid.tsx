// Covers in a grid: a list to a screen reader, one tab stop, arrows in two dimensions.

import type { Signal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Album } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { columnsIn } from '../model/visible-range.ts'
import { playItem } from '../state/actions.ts'
import { coverOfAlbum } from '../state/covers.ts'
import { endDrag, startDrag } from '../state/dragged.ts'
import { openMenu } from '../state/overlay.ts'
import { go, hrefOf } from '../state/route.ts'
import { coverSize } from '../state/settings.ts'
import { IconButton } from './button.tsx'
import { Cover } from './cover.tsx'
import { DiscMark } from './mark.tsx'
import { inRem, isPhone, isTouch } from './use-media.ts'
import { useLongPress } from './use-press.ts'
import { useRoving } from './use-roving.ts'
import { Virtual } from './virtual.tsx'

interface AlbumGridProps {
  label: string
  count: number
  at: (index: number) => Album | undefined
  want?: (from: number, to: number) => void
  /** Under the title: the artist, or on an artist's page the year. */
  under?: (album: Album) => string
  gridRef?: (grid: { focusAt: (index: number) => void; columns: number; rowHeight: number }) => void
  first?: Signal<number>
}

/** Title and artist under a cover, and the space to the next row. */
const captionPx = 72
const gapPx = 20
const phoneGapPx = 14

export function AlbumGrid(props: AlbumGridProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const gap = isPhone.value ? phoneGapPx : gapPx

  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    setWidth(element.clientWidth)
    const resized = new ResizeObserver(() => setWidth(element.clientWidth))
    resized.observe(element)
    return () => resized.disconnect()
  }, [])
  useEffect(() => frame.current?.style.setProperty('--gap', `${gap}px`), [gap])

  return (
    <div class="grid-frame" ref={frame}>
      {width > 0 && <Grid {...props} width={width} gap={gap} />}
    </div>
  )
}

function Grid(props: AlbumGridProps & { width: number; gap: number }) {
  const { label, count, at, width, gap, under = (album) => album.artist || t('item.unknownArtist') } = props
  const least = isPhone.value ? Math.min(inRem(150), (width - gap) / 2) : inRem(coverSize.value)
  const columns = columnsIn(width, least, gap)
  const cover = (width - gap * (columns - 1)) / columns
  const rowHeight = Math.round(cover + inRem(captionPx))
  const roving = useRoving({ count, columns, rowHeight, onKey: (event, index) => runKey(event, index) })
  const host = useHost()
  props.gridRef?.({ focusAt: roving.focusAt, columns, rowHeight })

  function runKey(event: KeyboardEvent, index: number): boolean {
    const album = at(index)
    if (!album) return false
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
      openMenu({ item: album }, event)
    else if (event.key === 'Enter' && event.shiftKey) playItem(host, album, 'next')
    else if (event.key === 'Enter') go('album', album.id)
    else if (event.key === 'q') playItem(host, album, 'end')
    else if (event.key === 'O') go('artist', album.artistId)
    else return false
    return true
  }

  return (
    <Virtual
      count={count}
      columns={columns}
      rowHeight={rowHeight}
      role="list"
      label={label}
      class="album-grid"
      focused={roving.focused}
      first={props.first}
      onRange={({ from, to }) => props.want?.(from, to)}
      onKeyDown={roving.onKeyDown}
      render={(index) => (
        <AlbumCard
          album={at(index)}
          index={index}
          count={count}
          size={cover}
          under={under}
          tabIndex={roving.tabIndexOf(index)}
          onFocus={() => roving.onFocus(index)}
        />
      )}
    />
  )
}

interface CardProps {
  album: Album | undefined
  index: number
  count: number
  size: number
  under: (album: Album) => string
  tabIndex: number
  onFocus: () => void
}

function AlbumCard({ album, index, count, size, under, tabIndex, onFocus }: CardProps) {
  const host = useHost()
  const press = useLongPress((event) => album && openMenu({ item: album }, event))
  const [wasPointedAt, setPointedAt] = useState(false)
  if (!album)
    return (
      <div class="card skeleton" role="listitem">
        <div class="cover" />
        <span class="bar" />
        <span class="bar short" />
      </div>
    )
  const status = host.status.value
  const isPlaying = status?.track?.albumId === album.id
  return (
    <div
      class={`card ${isPlaying ? 'playing' : ''}`}
      role="listitem"
      aria-setsize={count}
      aria-posinset={index + 1}
      onContextMenu={(event) => openMenu({ item: album }, event)}
      onPointerEnter={() => setPointedAt(true)}
      {...press.handlers}
    >
      <a
        href={hrefOf('album', album.id)}
        data-index={index}
        tabIndex={tabIndex}
        draggable={!isTouch.value}
        onDragStart={(event) => startDrag(event, { songs: album, name: album.title })}
        onDragEnd={endDrag}
        onFocus={onFocus}
        onClick={(event) => press.takeLong() && event.preventDefault()}
      >
        <Cover of={coverOfAlbum(album)} size={size} title={album.title} />
        <span class="card-title">
          {isPlaying && <DiscMark isTurning={status?.state === 'playing'} size={18} />}
          <span dir="auto" title={album.title}>
            {album.title || t('item.unknownAlbum')}
          </span>
        </span>
        <span class="unseen">, </span>
        <span class="card-under" dir="auto" title={album.artist}>
          {under(album)}
        </span>
      </a>
      {wasPointedAt && <CardButtons album={album} />}
    </div>
  )
}

/** Shown under the pointer alone: most cards never need them. */
function CardButtons({ album }: { album: Album }) {
  const host = useHost()
  return (
    <div class="card-buttons">
      <IconButton
        icon="more"
        class="card-more"
        label={t('item.moreOf', { title: album.title })}
        hasPopup="menu"
        isInRow
        onClick={(event) => openMenu({ item: album }, event)}
      />
      <IconButton
        icon="play"
        class="card-play"
        label={t('item.playOf', { title: album.title })}
        isInRow
        onClick={() => playItem(host, album)}
      />
    </div>
  )
}
