// All songs, in the host's order, or in another one.

import { useRef, useState } from 'preact/hooks'
import type { SongOrder } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { letterAt } from '../model/visible-range.ts'
import { IconButton } from '../parts/button.tsx'
import { IndexBar, shownLetter } from '../parts/index-bar.tsx'
import { LibraryChips } from '../parts/library-chips.tsx'
import { ListHead } from '../parts/list-head.tsx'
import { Page } from '../parts/page.tsx'
import { scroller } from '../parts/scroller.ts'
import { SongList } from '../parts/song-list.tsx'
import { ListState } from '../parts/state-of-list.tsx'
import { isPhone, rowHeight } from '../parts/use-media.ts'
import { playAll, playFrom } from '../state/actions.ts'
import { EmptyLibrary } from './empty-library.tsx'

export function Songs() {
  const host = useHost()
  const [order, setOrder] = useState<SongOrder>('title')
  const list = host.lists.songsBy({ order })
  const total = list.total.value
  const root = useRef<HTMLDivElement>(null)
  const [first, setFirst] = useState(0)
  void list.version.value // drawn anew with it
  if (total === undefined) list.want(0, 1)
  const letters = list.letters.value
  const letter = letterAt(letters, first)

  const goTo = (index: number) => {
    const frame = scroller()
    if (!frame || !root.current) return
    const top = root.current.getBoundingClientRect().top - frame.getBoundingClientRect().top + frame.scrollTop
    frame.scrollTop = Math.max(0, top + index * rowHeight() - 48)
  }

  return (
    <Page
      title={t('page.songs')}
      count={total}
      tools={<IconButton icon="shuffle" label={t('item.shuffle')} onClick={() => playAll(host)} />}
    >
      <LibraryChips />
      <ListState
        failure={list.failure.value}
        isLoading={total === undefined}
        isEmpty={total === 0}
        empty={<EmptyLibrary />}
        onAgain={list.refresh}
      >
        {isPhone.value ? (
          letter && <h2 class="letter-head">{shownLetter(letter.letter)}</h2>
        ) : (
          <ListHead order={order} onOrder={setOrder} />
        )}
        <div class="with-index" ref={root}>
          <SongList
            id={`songs ${order}`}
            label={t('page.songs')}
            kind="songs"
            count={total ?? 0}
            at={list.at}
            want={(from, to) => {
              list.want(from, to)
              setFirst(firstUnderTheEye(root.current, from))
            }}
            onPlay={(index) => {
              const song = list.at(index)
              if (song) playFrom(host, song, {}, order)
            }}
          />
          <IndexBar letters={letters} current={letter} onLetter={({ offset }) => goTo(offset)} />
        </div>
      </ListState>
    </Page>
  )
}

/** What is drawn begins above what is seen. */
function firstUnderTheEye(root: HTMLElement | null, from: number): number {
  const frame = scroller()
  if (!frame || !root) return from
  const above = frame.getBoundingClientRect().top - root.getBoundingClientRect().top
  return Math.max(0, Math.floor((above + rowHeight()) / rowHeight()))
}
