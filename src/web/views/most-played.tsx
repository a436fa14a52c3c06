import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { LibraryChips } from '../parts/library-chips.tsx'
import { Page } from '../parts/page.tsx'
import { SongList } from '../parts/song-list.tsx'
import { ListState } from '../parts/state-of-list.tsx'
import { playSongs } from '../state/actions.ts'

export function MostPlayed() {
  const host = useHost()
  const list = host.lists.mostPlayed
  const songs = list.value.value
  return (
    <Page title={t('page.mostPlayed')}>
      <LibraryChips />
      <ListState
        failure={list.failure.value}
        isLoading={songs === undefined}
        isEmpty={songs?.length === 0}
        empty={t('list.noPlays')}
        onAgain={list.refresh}
      >
        <SongList
          id="most played"
          label={t('page.mostPlayed')}
          kind="plays"
          count={songs?.length ?? 0}
          at={(index) => songs?.[index]}
          onPlay={(index) => songs && playSongs(host, songs, { start: index, from: t('page.mostPlayed') })}
        />
      </ListState>
    </Page>
  )
}
