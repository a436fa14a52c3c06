// What was found, by kind; what matches is underlined by the needle.

import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Playable, Song } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { markedParts } from '../model/words.ts'
import { nameOf, playItem, playSongs } from '../state/actions.ts'
import { type CoverKey, coverOfAlbum, coverOfArtist, coverOfSong } from '../state/covers.ts'
import { openMenu } from '../state/overlay.ts'
import { go } from '../state/route.ts'
import { idOf, type Results, shownInAll } from '../state/search.ts'
import { IconButton } from './button.tsx'
import { Cover } from './cover.tsx'
import { Icon } from './icon.tsx'
import { useLongPress } from './use-press.ts'

export type SearchPart = 'all' | 'songs' | 'albums' | 'artists' | 'playlists'

interface SearchResultsProps {
  results: Results
  part: SearchPart
  /** The one that Enter would take. */
  marked: string | undefined
  onPart: (part: SearchPart) => void
}

const kinds = ['songs', 'artists', 'albums', 'playlists'] as const
const titles = {
  songs: 'page.songs',
  artists: 'page.artists',
  albums: 'page.albums',
  playlists: 'nav.playlists',
} as const

export function SearchResults({ results, part, marked, onPart }: SearchResultsProps) {
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (marked) root.current?.querySelector(`#${CSS.escape(marked)}`)?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  const { best } = results
  const words = results.text.split(/\s+/).filter(Boolean)
  return (
    <div id="results" ref={root} class={`results results-${part}`}>
      {part === 'all' && best && best.kind !== 'song' && (
        <Section title={t('search.best')} kind="best">
          <BestMatch item={best} words={words} isMarked={marked === `best-${idOf(best)}`} />
        </Section>
      )}
      {kinds.map((kind) => {
        const found: readonly Playable[] = results[kind]
        if ((part !== 'all' && part !== kind) || found.length === 0) return null
        const total = kind === 'songs' ? results.songTotal : found.length
        const most = part === 'all' ? shownInAll[kind] : found.length
        return (
          <Section
            key={kind}
            kind={kind}
            title={t(titles[kind])}
            all={part === 'all' && total > most ? () => onPart(kind) : undefined}
            total={total}
          >
            {/* By their places: with the next letter a row says something else, and is not made anew. */}
            {found.slice(0, most).map((item, index) => (
              <Result
                key={index}
                item={item}
                songs={results.songs}
                words={words}
                isMarked={marked === idOf(item)}
              />
            ))}
          </Section>
        )
      })}
    </div>
  )
}

interface SectionProps {
  title: string
  kind: string
  all?: (() => void) | undefined
  total?: number
  children: ComponentChildren
}

function Section({ title, kind, all, total = 0, children }: SectionProps) {
  return (
    <section class={`result-part result-${kind}`}>
      <div class="result-head">
        <h2 class="section-head">{title}</h2>
        {all && (
          <button type="button" class="quiet-link" onClick={all}>
            {t('search.allOf', { count: total })}
          </button>
        )}
      </div>
      <div class="result-list" role="grid" aria-label={title}>
        {children}
      </div>
    </section>
  )
}

interface ResultProps {
  item: Playable
  songs: readonly Song[]
  words: readonly string[]
  isMarked: boolean
}

function Result({ item, songs, words, isMarked }: ResultProps) {
  const host = useHost()
  const press = useLongPress((event) => openMenu({ item }, event))
  const open = () => {
    if (item.kind === 'song') playSongs(host, songs, { start: songs.indexOf(item) })
    else go(item.kind, item.id)
  }
  return (
    <div
      id={idOf(item)}
      class={`result ${isMarked ? 'marked' : ''}`}
      role="row"
      aria-selected={isMarked}
      tabIndex={-1}
      onClick={() => !press.takeLong() && open()}
      onContextMenu={(event) => openMenu({ item }, event)}
      {...press.handlers}
    >
      <span class="result-cell" role="gridcell">
        <Cover
          of={coverOf(item)}
          size={item.kind === 'album' ? 160 : 44}
          title={nameOf(item)}
          isRound={item.kind === 'artist'}
        />
        <span class="names">
          <span class="row-title" dir="auto">
            <Marked text={nameOf(item) || t('item.untitled')} words={words} />
          </span>
          <span class="row-under" dir="auto">
            <Marked text={underOf(item)} words={words} />
          </span>
        </span>
      </span>
      <span role="gridcell" class="result-more">
        <IconButton
          icon="more"
          label={t('item.moreOf', { title: nameOf(item) })}
          hasPopup="menu"
          isInRow
          onClick={(event) => openMenu({ item }, event)}
        />
      </span>
    </div>
  )
}

function BestMatch({
  item,
  words,
  isMarked,
}: {
  item: Playable
  words: readonly string[]
  isMarked: boolean
}) {
  const host = useHost()
  return (
    <div
      id={`best-${idOf(item)}`}
      class={`best ${isMarked ? 'marked' : ''}`}
      role="row"
      aria-selected={isMarked}
      tabIndex={-1}
      onClick={() => go(item.kind, item.id)}
      onContextMenu={(event) => openMenu({ item }, event)}
    >
      <Cover of={coverOf(item)} size={132} title={nameOf(item)} isRound={item.kind === 'artist'} />
      <span class="names" role="gridcell">
        <strong dir="auto">
          <Marked text={nameOf(item)} words={words} />
        </strong>
        <span>{bestUnder(item)}</span>
      </span>
      <span role="gridcell" class="best-play">
        <button
          type="button"
          class="play-button"
          tabIndex={-1}
          aria-label={t('item.playOf', { title: nameOf(item) })}
          onClick={(event) => {
            event.stopPropagation()
            playItem(host, item)
          }}
        >
          <Icon name="play" size={26} />
        </button>
      </span>
    </div>
  )
}

function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return (
    <>
      {markedParts(text, words).map((part, index) =>
        part.isMatch ? <mark key={index}>{part.text}</mark> : part.text,
      )}
    </>
  )
}

function coverOf(item: Playable): CoverKey | undefined {
  if (item.kind === 'song') return coverOfSong(item)
  if (item.kind === 'album') return coverOfAlbum(item)
  return item.kind === 'artist' ? coverOfArtist(item) : undefined
}

function underOf(item: Playable): string {
  switch (item.kind) {
    case 'song':
      return [item.artist, item.album].filter(Boolean).join(' — ')
    case 'album':
      return item.artist
    case 'artist':
      return t('count.albums', { count: item.albumCount })
    case 'playlist':
      return t('count.songs', { count: item.songCount })
  }
}

function bestUnder(item: Playable): string {
  if (item.kind === 'artist')
    return `${t('search.artist')} · ${t('count.albums', { count: item.albumCount })}, ${t('count.songs', { count: item.songCount })}`
  if (item.kind === 'album') return `${t('search.album')} · ${item.artist}`
  return underOf(item)
}
