// All songs, in the host's order, or in another one.

import { useSignal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import type { SongOrder } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { IconButton } from '../parts/button.tsx'
import { IndexBar } from '../parts/index-bar.tsx'
import { LetterHead } from '../parts/letter-head.tsx'
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
  const first = useSignal(0)
  void list.version.value // drawn anew with it
  if (total === undefined) list.want(0, 1)
  const letters = list.letters.value

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
          <LetterHead letters={letters} first={first} onLetter={({ offset }) => goTo(offset)} />
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
            want={list.want}
            first={first}
            onPlay={(index) => {
              const song = list.at(index)
              if (song) playFrom(host, song, {}, order)
            }}
          />
          <IndexBar letters={letters} first={first} onLetter={({ offset }) => goTo(offset)} />
        </div>
      </ListState>
    </Page>
  )
}
