// What can be done with an item: the same things in the same order, wherever it stands.

import { useRef } from 'preact/hooks'
import type { Playable, QueueSong, Song } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { type MessageKey, t } from '../messages/index.ts'
import { nameOf, playItem, rate } from '../state/actions.ts'
import { type CoverKey, coverOfAlbum, coverOfArtist, coverOfSong } from '../state/covers.ts'
import { closeOverlay, type MenuTarget, openOverlay, type Point } from '../state/overlay.ts'
import { go } from '../state/route.ts'
import { Cover } from './cover.tsx'
import { Dialog } from './dialog.tsx'
import type { IconName } from './drawings.ts'
import { Icon } from './icon.tsx'
import { Stars } from './stars.tsx'

interface Line {
  readonly icon: IconName
  readonly label: string
  readonly keys?: string | undefined
  readonly run: () => void
  readonly isFirstOfGroup?: boolean
}

export function ItemMenu({ target, at }: { target: MenuTarget; at: Point | undefined }) {
  const host = useHost()
  const list = useRef<HTMLDivElement>(null)
  const lines = linesOf(target, host)
  const head = headOf(target)
  const song = 'item' in target && target.item.kind === 'song' ? target.item : undefined

  const moveFocus = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
    const now = items.indexOf(document.activeElement as HTMLElement)
    const to = {
      ArrowDown: (now + 1) % items.length,
      ArrowUp: (now - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    items[to]?.focus()
  }

  return (
    <Dialog label={t('item.moreOf', { title: head.title })} class="menu" at={at} onClose={closeOverlay}>
      <div class="menu-head">
        <Cover of={head.cover} size={64} title={head.title} isRound={head.isRound} />
        <div class="names">
          <strong dir="auto">{head.title}</strong>
          <span dir="auto">{head.under}</span>
        </div>
      </div>
      {song && <Stars percent={song.ratingPercent} onRate={(stars) => void rate(host, song, stars)} />}
      <div ref={list} role="menu" aria-label={head.title} onKeyDown={moveFocus}>
        {lines.map((line, index) => (
          <button
            type="button"
            role="menuitem"
            key={line.label}
            // The first has the focus when the menu opens.
            autofocus={index === 0}
            class={line.isFirstOfGroup ? 'first-of-group' : undefined}
            tabIndex={index === 0 ? 0 : -1}
            onClick={() => {
              closeOverlay()
              line.run()
            }}
          >
            <Icon name={line.icon} />
            <span>{line.label}</span>
            {line.keys && <kbd>{line.keys}</kbd>}
          </button>
        ))}
      </div>
    </Dialog>
  )
}

function linesOf(target: MenuTarget, host: ReturnType<typeof useHost>): Line[] {
  if ('entry' in target) {
    return [...target.more, ...goingLines({ albumId: target.entry.albumId, album: target.entry.album })]
  }
  const { item, play, select, more = [] } = target
  const put: Line[] = [
    { icon: 'play', label: t('item.play'), keys: '↵', run: play ?? (() => playItem(host, item)) },
    ...(item.kind === 'song'
      ? []
      : [
          {
            icon: 'shuffle' as const,
            label: t('item.shuffle'),
            run: () => playItem(host, item, 'now', true),
          },
        ]),
    { icon: 'play-next', label: t('item.next'), keys: '⇧↵', run: () => playItem(host, item, 'next') },
    { icon: 'play-later', label: t('item.later'), keys: 'Q', run: () => playItem(host, item, 'end') },
    {
      icon: 'playlist',
      label: `${t('item.add')}…`,
      run: () =>
        openOverlay({
          kind: 'add-to-playlist',
          songs: item.kind === 'song' ? [item] : item,
          name: nameOf(item),
        }),
    },
  ]
  const going = item.kind === 'song' || item.kind === 'album' ? goingLines(placesOf(item)) : []
  const others: Line[] = [
    ...(select ? [{ icon: 'check' as const, label: t('item.select'), keys: 'X', run: select }] : []),
    ...(item.kind === 'song'
      ? [
          {
            icon: 'info' as const,
            label: t('item.about'),
            run: () => openOverlay({ kind: 'about-song', song: item }),
          },
        ]
      : []),
    ...more,
  ]
  return [...put, ...grouped(going), ...(going.length > 0 ? others : grouped(others))]
}

function grouped(lines: readonly Line[]): Line[] {
  return lines.map((line, index) => (index === 0 ? { ...line, isFirstOfGroup: true } : line))
}

interface Places {
  readonly albumId?: string | undefined
  readonly album?: string
  readonly artistId?: string
  readonly artist?: string
}

function placesOf(item: Song | Extract<Playable, { kind: 'album' }>): Places {
  if (item.kind === 'album') return { artistId: item.artistId, artist: item.artist }
  return {
    albumId: item.albumId,
    album: item.album,
    artistId: item.artistId,
    artist: item.albumArtist || item.artist,
  }
}

function goingLines({ albumId, album, artistId, artist }: Places): Line[] {
  const line = (
    icon: IconName,
    key: MessageKey,
    name: string,
    keys: string | undefined,
    run: () => void,
  ): Line => ({
    icon,
    label: t(key, { name }),
    keys,
    run,
  })
  return [
    ...(albumId && album ? [line('album', 'item.goAlbum', album, 'O', () => go('album', albumId))] : []),
    ...(artistId && artist
      ? [line('artist', 'item.goArtist', artist, '⇧O', () => go('artist', artistId))]
      : []),
  ]
}

interface Head {
  readonly title: string
  readonly under: string
  readonly cover: CoverKey | undefined
  readonly isRound: boolean
}

function headOf(target: MenuTarget): Head {
  if ('entry' in target) return headOfSong(target.entry, coverOfSong(target.entry))
  const { item } = target
  switch (item.kind) {
    case 'song':
      return headOfSong(item, coverOfSong(item))
    case 'album':
      return { title: item.title, under: item.artist, cover: coverOfAlbum(item), isRound: false }
    case 'artist':
      return {
        title: item.name,
        under: t('count.albums', { count: item.albumCount }),
        cover: coverOfArtist(item),
        isRound: true,
      }
    case 'playlist':
      return {
        title: item.name,
        under: t('count.songs', { count: item.songCount }),
        cover: undefined,
        isRound: false,
      }
  }
}

function headOfSong(song: Pick<QueueSong, 'title' | 'artist' | 'album'>, cover: CoverKey | undefined): Head {
  const under = [song.artist, song.album].filter(Boolean).join(' — ')
  return { title: song.title, under, cover, isRound: false }
}
