// Songs in rows: played by a tap, chosen, rated and queued by key, drawn only where one looks.

import { type Signal, useSignalEffect } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Song } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { playItem, rate } from '../state/actions.ts'
import { startDrag } from '../state/dragged.ts'
import { type MenuExtra, openMenu } from '../state/overlay.ts'
import { go } from '../state/route.ts'
import {
  clearSelection,
  isSelected,
  isSelecting,
  selectedSongs,
  selectRange,
  selectUpTo,
  toggleSelected,
} from '../state/selection.ts'
import { type RowKind, SongRow } from './song-row.tsx'
import { rowHeight } from './use-media.ts'
import { useRoving } from './use-roving.ts'
import { Virtual } from './virtual.tsx'

export interface SongListProps {
  /** Of the list: a selection is in one. */
  id: string
  label: string
  count: number
  at: (index: number) => Song | undefined
  kind: RowKind
  onPlay: (index: number) => void
  want?: (from: number, to: number) => void
  first?: Signal<number>
  hasArtist?: (song: Song) => boolean
  /** What the list itself adds to a song's menu, and what its Delete and Alt-arrow keys do. */
  extras?: (song: Song, index: number) => readonly MenuExtra[]
  onRemove?: (songs: readonly Song[]) => void
  onMove?: (index: number, to: number) => void
  rowRef?: (goTo: (index: number) => void) => void
}

export function SongList(props: SongListProps) {
  const { id, count, at, kind, onPlay } = props
  const host = useHost()
  const status = host.status.value
  const height = rowHeight()

  const menuFor = (index: number, event: MouseEvent | KeyboardEvent) => {
    const song = at(index)
    if (!song) return
    openMenu(
      {
        item: song,
        play: () => onPlay(index),
        select: () => toggleSelected(id, index, song),
        more: props.extras?.(song, index),
      },
      event,
    )
  }
  const roving = useRoving({
    count,
    rowHeight: height,
    onKey: (event, index) => runKey(event, index),
    onMove: (from, to, isExtending) => {
      if (!isExtending) return
      if (!isSelecting.value) selectRange(id, from, from, at)
      selectUpTo(id, to, at)
    },
  })

  function runKey(event: KeyboardEvent, index: number): boolean {
    const song = at(index)
    if (!song) return false
    const chosen = selectedSongs.value.length > 0 ? selectedSongs.value : [song]
    const isAlone = !event.ctrlKey && !event.metaKey && !event.altKey
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) menuFor(index, event)
    else if (event.key === 'Enter' && event.shiftKey)
      for (const one of chosen.toReversed()) playItem(host, one, 'next')
    else if (event.key === 'Enter') onPlay(index)
    else if (event.key === 'q' && isAlone) for (const one of chosen) playItem(host, one, 'end')
    else if (event.key === 'x' && isAlone) toggleSelected(id, index, song)
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selectRange(id, 0, count - 1, at)
    else if (/^[0-5]$/.test(event.key) && isAlone)
      for (const one of chosen)
        void rate(host, event.key === '0' ? { ...one, ratingPercent: 1 } : one, Number(event.key))
    else if (event.key.toLowerCase() === 'o' && isAlone)
      go(...(event.shiftKey ? ['artist', song.artistId] : ['album', song.albumId]))
    else if (event.key === 'Delete' && props.onRemove) props.onRemove(chosen)
    else if (event.altKey && props.onMove) return moveByKey(event.key, index)
    else return false
    return true
  }

  function moveByKey(key: string, index: number): boolean {
    const to = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: count - 1 }[key]
    if (to === undefined || to < 0 || to >= count) return false
    props.onMove?.(index, to)
    roving.focusAt(to)
    return true
  }

  function tap(event: MouseEvent, index: number): void {
    const song = at(index)
    if (!song) return
    if (event.shiftKey) selectUpTo(id, index, at)
    else if (event.ctrlKey || event.metaKey || isSelecting.value) toggleSelected(id, index, song)
    else onPlay(index)
  }

  useEffect(() => clearSelection, [id])
  useSignalEffect(() => {
    if (!isSelecting.value) return
    const end = (event: KeyboardEvent) => event.key === 'Escape' && clearSelection()
    addEventListener('keydown', end)
    return () => removeEventListener('keydown', end)
  })
  props.rowRef?.(roving.focusAt)

  const playingId = status?.track?.songId
  const playing = status?.state === 'playing' ? 'running' : 'waiting'
  return (
    <Virtual
      count={count}
      rowHeight={height}
      role="grid"
      label={props.label}
      isMultiselectable
      class={`song-list list-${kind}`}
      focused={roving.focused}
      first={props.first}
      onRange={({ from, to }) => props.want?.(from, to)}
      onKeyDown={roving.onKeyDown}
      render={(index) => {
        const song = at(index)
        return (
          <SongRow
            song={song}
            index={index}
            kind={kind}
            tabIndex={roving.tabIndexOf(index)}
            playing={song !== undefined && song.id === playingId ? playing : 'no'}
            isSelected={isSelected(id, index)}
            isSelecting={isSelecting.value}
            hasArtist={song !== undefined && (props.hasArtist?.(song) ?? false)}
            onPlay={(event) => tap(event, index)}
            onMenu={(event) => menuFor(index, event)}
            onNext={() => song && playItem(host, song, 'next')}
            onLater={() => song && playItem(host, song, 'end')}
            onRate={(stars) => song && void rate(host, song, stars)}
            onDragStart={(event) => {
              if (!song) return
              const songs = isSelected(id, index) ? selectedSongs.value : [song]
              const name = songs.length === 1 ? song.title : t('count.songs', { count: songs.length })
              startDrag(event, { songs, name })
            }}
            onFocus={() => roving.onFocus(index)}
          />
        )
      }}
    />
  )
}
