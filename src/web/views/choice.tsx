// A genre or a composer: its albums, then its songs.

import type { SongChoice } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { AlbumGrid } from '../parts/album-grid.tsx'
import { Button } from '../parts/button.tsx'
import { Page } from '../parts/page.tsx'
import { SongList } from '../parts/song-list.tsx'
import { ListState } from '../parts/state-of-list.tsx'
import { playFrom, playSongs } from '../state/actions.ts'

export const GenreView = ({ id }: { id: string }) => <Choice name={id} choice={{ genre: id }} />
export const ComposerView = ({ id }: { id: string }) => <Choice name={id} choice={{ composer: id }} />

function Choice({ name, choice }: { name: string; choice: SongChoice }) {
  const host = useHost()
  const songList = host.lists.songsOf(choice)
  const albums = host.lists.albumsOf(choice).value.value ?? []
  const songs = songList.value.value
  return (
    <Page title={name} hasBack count={songs?.length}>
      <ListState
        failure={songList.failure.value}
        isLoading={songs === undefined}
        isEmpty={songs?.length === 0}
        empty={t('list.gone')}
        onAgain={songList.refresh}
      >
        <div class="album-buttons">
          <Button kind="main" icon="play" onClick={() => songs?.[0] && playFrom(host, songs[0], choice)}>
            {t('item.playAll')}
          </Button>
          <Button icon="shuffle" onClick={() => songs && playSongs(host, shuffled(songs), { from: name })}>
            {t('item.shuffle')}
          </Button>
        </div>
        {albums.length > 0 && (
          <>
            <h2 class="section-head">{t('page.albums')}</h2>
            <AlbumGrid label={t('page.albums')} count={albums.length} at={(index) => albums[index]} />
          </>
        )}
        <h2 class="section-head">{t('page.songs')}</h2>
        <SongList
          id={`choice ${name}`}
          label={name}
          kind="songs"
          count={songs?.length ?? 0}
          at={(index) => songs?.[index]}
          onPlay={(index) => {
            const song = songs?.[index]
            if (song) playFrom(host, song, choice)
          }}
        />
      </ListState>
    </Page>
  )
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, by: Math.random() }))
    .toSorted((a, b) => a.by - b.by)
    .map(({ item }) => item)
}
