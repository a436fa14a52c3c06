// What came last, as albums, newest first; while music is read for the first time, how far that is.

import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { newestAlbums } from '../model/newest-albums.ts'
import { AlbumGrid } from '../parts/album-grid.tsx'
import { LibraryChips } from '../parts/library-chips.tsx'
import { Page } from '../parts/page.tsx'
import { ScanCard } from '../parts/scan-card.tsx'
import { ListState } from '../parts/state-of-list.tsx'

export function Recent() {
  const host = useHost()
  const list = host.lists.newest
  const songs = list.value.value
  const albums = songs && newestAlbums(songs)
  return (
    <Page title={t('page.recent')}>
      <LibraryChips />
      <ScanCard />
      <ListState
        failure={list.failure.value}
        isLoading={albums === undefined}
        isEmpty={albums?.length === 0}
        empty={t('list.noRecent')}
        onAgain={list.refresh}
      >
        <AlbumGrid label={t('page.recent')} count={albums?.length ?? 0} at={(index) => albums?.[index]} />
      </ListState>
    </Page>
  )
}
