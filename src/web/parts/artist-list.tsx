// Artists in rows, each with the label of a record.

import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Artist } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { playItem } from '../state/actions.ts'
import { coverOfArtist } from '../state/covers.ts'
import { openMenu } from '../state/overlay.ts'
import { go, hrefOf } from '../state/route.ts'
import { IconButton } from './button.tsx'
import { Cover } from './cover.tsx'
import { IndexBar } from './index-bar.tsx'
import { scroller } from './scroller.ts'
import { inRem } from './use-media.ts'
import { useLongPress } from './use-press.ts'
import { useRoving } from './use-roving.ts'
import { Virtual } from './virtual.tsx'

const artistRowPx = 64

export function ArtistList() {
  const host = useHost()
  const list = host.lists.artists
  const total = list.total.value ?? 0
  const height = inRem(artistRowPx)
  const root = useRef<HTMLDivElement>(null)
  const first = useSignal(0)
  void list.version.value // drawn anew with it
  const roving = useRoving({
    count: total,
    rowHeight: height,
    onKey: (event, index) => {
      const artist = list.at(index)
      if (!artist) return false
      if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
        openMenu({ item: artist }, event)
      else if (event.key === 'Enter' && event.shiftKey) playItem(host, artist, 'next')
      else if (event.key === 'Enter') go('artist', artist.id)
      else if (event.key === 'q') playItem(host, artist, 'end')
      else return false
      return true
    },
  })
  const goTo = (index: number) => {
    const frame = scroller()
    if (!frame || !root.current) return
    const top = root.current.getBoundingClientRect().top - frame.getBoundingClientRect().top + frame.scrollTop
    frame.scrollTop = Math.max(0, top + index * height - 16)
  }
  return (
    <div class="with-index" ref={root}>
      <Virtual
        count={total}
        rowHeight={height}
        role="list"
        label={t('page.artists')}
        class="artist-list"
        focused={roving.focused}
        first={first}
        onRange={({ from, to }) => list.want(from, to)}
        onKeyDown={roving.onKeyDown}
        render={(index) => (
          <ArtistRow
            artist={list.at(index)}
            index={index}
            count={total}
            tabIndex={roving.tabIndexOf(index)}
            onFocus={() => roving.onFocus(index)}
          />
        )}
      />
      <IndexBar letters={list.letters.value} first={first} onLetter={({ offset }) => goTo(offset)} />
    </div>
  )
}

interface ArtistRowProps {
  artist: Artist | undefined
  index: number
  count: number
  tabIndex: number
  onFocus: () => void
}

function ArtistRow({ artist, index, count, tabIndex, onFocus }: ArtistRowProps) {
  const press = useLongPress((event) => artist && openMenu({ item: artist }, event))
  if (!artist)
    return (
      <div role="listitem">
        <div class="row skeleton" />
      </div>
    )
  return (
    <div
      class="row row-artist"
      role="listitem"
      aria-setsize={count}
      aria-posinset={index + 1}
      onContextMenu={(event) => openMenu({ item: artist }, event)}
      {...press.handlers}
    >
      <a
        class="row-open"
        href={hrefOf('artist', artist.id)}
        data-index={index}
        tabIndex={tabIndex}
        onFocus={onFocus}
        onClick={(event) => press.takeLong() && event.preventDefault()}
      >
        <Cover of={coverOfArtist(artist)} size={48} title={artist.name} isRound />
        <span class="names">
          <span class="row-title" dir="auto">
            {artist.name || t('item.unknownArtist')}
          </span>
          <span class="row-under">
            {`${t('count.albums', { count: artist.albumCount })}, ${t('count.songs', { count: artist.songCount })}`}
          </span>
        </span>
      </a>
      <IconButton
        icon="more"
        label={t('item.moreOf', { title: artist.name })}
        hasPopup="menu"
        isInRow
        onClick={(event) => openMenu({ item: artist }, event)}
      />
    </div>
  )
}
