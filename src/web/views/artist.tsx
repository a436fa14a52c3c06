// An artist: the label of a record, albums by year, and albums of others they are on.

import { useEffect, useState } from 'preact/hooks'
import type { Album, Artist } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { AlbumGrid } from '../parts/album-grid.tsx'
import { Button, IconButton } from '../parts/button.tsx'
import { Cover } from '../parts/cover.tsx'
import { Page, Title } from '../parts/page.tsx'
import { ListState } from '../parts/state-of-list.tsx'
import { playItem } from '../state/actions.ts'
import { appearancesOf } from '../state/appearances.ts'
import { coverOfAlbum } from '../state/covers.ts'
import { openMenu } from '../state/overlay.ts'

export function ArtistView({ id }: { id: string }) {
  const host = useHost()
  const list = host.lists.albumsOf({ artistId: id })
  const albums = list.value.value
  const name = albums?.[0]?.artist ?? ''
  return (
    <Page title={name || t('page.artists')} hasBack isTitleHidden>
      <ListState
        failure={list.failure.value}
        isLoading={albums === undefined}
        isEmpty={albums?.length === 0}
        empty={t('list.gone')}
        onAgain={list.refresh}
      >
        {albums && albums.length > 0 && <ArtistOfAlbums id={id} name={name} albums={albums} />}
      </ListState>
    </Page>
  )
}

function ArtistOfAlbums({ id, name, albums }: { id: string; name: string; albums: readonly Album[] }) {
  const host = useHost()
  const byYear = albums.toSorted((a, b) => (b.year || 0) - (a.year || 0))
  const songCount = albums.reduce((sum, album) => sum + album.songCount, 0)
  const artist: Artist = { kind: 'artist', id, groupId: 0, name, albumCount: albums.length, songCount }
  const [newest] = byYear
  const [others, setOthers] = useState<readonly Album[]>([])
  useEffect(() => {
    appearancesOf(host.remote, id, name).then(setOthers, () => {}) // the artist's own are there
  }, [host, id, name, albums])
  return (
    <>
      <div class="artist-head">
        <Cover of={newest && coverOfAlbum(newest)} size={148} title={name} isRound class="large" />
        <div>
          <Title text={name || t('item.unknownArtist')} class="large" />
          <p class="album-facts">
            {`${t('count.albums', { count: albums.length })}, ${t('count.songs', { count: songCount })}`}
          </p>
          <div class="album-buttons">
            <Button kind="main" icon="play" onClick={() => playItem(host, artist)}>
              {t('item.playAll')}
            </Button>
            <Button icon="shuffle" onClick={() => playItem(host, artist, 'now', true)}>
              {t('item.shuffle')}
            </Button>
            <IconButton
              icon="more"
              label={t('item.moreOf', { title: name })}
              hasPopup="menu"
              onClick={(event) => openMenu({ item: artist }, event)}
            />
          </div>
        </div>
      </div>
      <h2 class="section-head">{t('page.albums')}</h2>
      <AlbumGrid
        label={t('page.albums')}
        count={byYear.length}
        at={(index) => byYear[index]}
        under={(album) =>
          album.year > 0 ? String(album.year) : t('count.songs', { count: album.songCount })
        }
      />
      {others.length > 0 && (
        <>
          <h2 class="section-head">{t('artist.appears')}</h2>
          <AlbumGrid
            label={t('artist.appears')}
            count={others.length}
            at={(index) => others[index]}
            under={(album) => album.artist}
          />
        </>
      )}
    </>
  )
}
