// All albums as covers.

import { useSignal } from '@preact/signals'
import { useRef, useState } from 'preact/hooks'
import type { Album } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { AlbumGrid } from '../parts/album-grid.tsx'
import { Chip } from '../parts/button.tsx'
import { IndexBar } from '../parts/index-bar.tsx'
import { LibraryChips } from '../parts/library-chips.tsx'
import { Page } from '../parts/page.tsx'
import { scroller } from '../parts/scroller.ts'
import { ListState } from '../parts/state-of-list.tsx'
import { isDesk } from '../parts/use-media.ts'
import { type AlbumOrder, albumOrders, keepAlbumOrder, keptAlbumOrder } from '../state/album-order.ts'
import { coverSize } from '../state/settings.ts'
import { EmptyLibrary } from './empty-library.tsx'

const orders = { artist: 'list.byArtist', title: 'list.byTitle', year: 'list.byYear' } as const

export function Albums() {
  const host = useHost()
  const [order, setOrder] = useState<AlbumOrder>(keptAlbumOrder)
  const list = host.lists.albums(order)
  const total = list.total.value
  const first = useSignal(0)
  const grid = useRef({ columns: 1, rowHeight: 1 })
  const root = useRef<HTMLDivElement>(null)
  void list.version.value // drawn anew with it
  if (total === undefined) list.want(0, 1)

  const choose = (wanted: AlbumOrder) => {
    keepAlbumOrder(wanted)
    setOrder(wanted)
  }
  const goTo = (index: number) => {
    const frame = scroller()
    if (!frame || !root.current) return
    const top = root.current.getBoundingClientRect().top - frame.getBoundingClientRect().top + frame.scrollTop
    frame.scrollTop = Math.max(
      0,
      top + Math.floor(index / grid.current.columns) * grid.current.rowHeight - 16,
    )
  }

  return (
    <Page title={t('page.albums')} count={total}>
      <LibraryChips />
      <ListState
        failure={list.failure.value}
        isLoading={total === undefined}
        isEmpty={total === 0}
        empty={<EmptyLibrary />}
        onAgain={list.refresh}
      >
        <div class="list-tools">
          <div class="chips" role="group" aria-label={t('list.sort')}>
            {albumOrders.map((name) => (
              <Chip key={name} isOn={name === order} onClick={() => choose(name)}>
                {t(orders[name])}
              </Chip>
            ))}
          </div>
          {isDesk.value && <CoverSize />}
        </div>
        <div class="with-index" ref={root}>
          <AlbumGrid
            label={t('page.albums')}
            count={total ?? 0}
            at={list.at}
            want={list.want}
            first={first}
            under={order === 'year' ? yearAndArtist : undefined}
            gridRef={(found) => {
              grid.current = found
            }}
          />
          <IndexBar letters={list.letters.value} first={first} onLetter={({ offset }) => goTo(offset)} />
        </div>
      </ListState>
    </Page>
  )
}

const yearAndArtist = ({ year, artist }: Album) =>
  [year || '', artist || t('item.unknownArtist')].filter(Boolean).join(' · ')

function CoverSize() {
  return (
    <label class="cover-size">
      {t('list.coverSize')}
      <input
        type="range"
        min={120}
        max={280}
        step={8}
        value={coverSize.value}
        onInput={(event) => {
          coverSize.value = Number(event.currentTarget.value)
        }}
      />
    </label>
  )
}
