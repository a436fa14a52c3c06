import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { ArtistList } from '../parts/artist-list.tsx'
import { LibraryChips } from '../parts/library-chips.tsx'
import { Page } from '../parts/page.tsx'
import { ListState } from '../parts/state-of-list.tsx'
import { EmptyLibrary } from './empty-library.tsx'

export function Artists() {
  const { artists } = useHost().lists
  const total = artists.total.value
  if (total === undefined) artists.want(0, 1)
  return (
    <Page title={t('page.artists')} count={total}>
      <LibraryChips />
      <ListState
        failure={artists.failure.value}
        isLoading={total === undefined}
        isEmpty={total === 0}
        empty={<EmptyLibrary />}
        onAgain={artists.refresh}
      >
        <ArtistList />
      </ListState>
    </Page>
  )
}
