// An album: its sleeve, its bands as one sees them on vinyl, its songs.

import type { Album, Song } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { discsOf, factsOf } from '../model/album-facts.ts'
import { Bands } from '../parts/bands.tsx'
import { Button, IconButton } from '../parts/button.tsx'
import { Page, Title } from '../parts/page.tsx'
import { Sleeve } from '../parts/sleeve.tsx'
import { SongList } from '../parts/song-list.tsx'
import { ListState } from '../parts/state-of-list.tsx'
import { timeInWords } from '../parts/time-words.ts'
import { Tinted } from '../parts/tinted.tsx'
import { isPhone } from '../parts/use-media.ts'
import { playFrom, playItem } from '../state/actions.ts'
import { coverOfSong } from '../state/covers.ts'
import { openMenu } from '../state/overlay.ts'
import { hrefOf } from '../state/route.ts'

export function AlbumView({ id }: { id: string }) {
  const host = useHost()
  const list = host.lists.songsOf({ albumId: id })
  const songs = list.value.value
  return (
    <Page title={songs?.[0]?.album ?? t('page.albums')} hasBack isTitleHidden class="album-page">
      <ListState
        failure={list.failure.value}
        isLoading={songs === undefined}
        isEmpty={songs?.length === 0}
        empty={t('list.gone')}
        onAgain={list.refresh}
      >
        {songs && songs.length > 0 && <AlbumOfSongs id={id} songs={songs} />}
      </ListState>
    </Page>
  )
}

function AlbumOfSongs({ id, songs }: { id: string; songs: readonly Song[] }) {
  const host = useHost()
  const status = host.status.value
  const isPlaying = status?.track?.albumId === id
  const facts = factsOf(songs)
  const discs = discsOf(songs)
  const album: Album = {
    kind: 'album',
    id,
    groupId: 0,
    title: facts.title,
    artist: facts.artist,
    artistId: facts.artistId,
    year: facts.year,
    songCount: songs.length,
  }
  const play = (song: Song) => playFrom(host, song, { albumId: id })
  const cover = songs[0] && coverOfSong(songs[0])
  const line = [
    facts.year || '',
    facts.genre,
    `${t('count.songs', { count: songs.length })}, ${timeInWords(facts.durationMs)}`,
  ]

  return (
    <>
      <Tinted of={isPhone.value ? cover : undefined} class="album-head">
        <Sleeve
          cover={cover}
          title={facts.title}
          isOut={isPlaying}
          isTurning={isPlaying && status?.state === 'playing'}
        />
        <div class="album-text">
          <Title text={facts.title || t('item.unknownAlbum')} class="large" />
          <p class="album-artist" dir="auto">
            <a href={hrefOf('artist', facts.artistId)}>{facts.artist || t('item.unknownArtist')}</a>
          </p>
          <p class="album-facts">{line.filter(Boolean).join(' · ')}</p>
          <div class="album-buttons">
            <Button kind="main" icon="play" onClick={() => playItem(host, album)}>
              {t('item.play')}
            </Button>
            <Button icon="shuffle" onClick={() => playItem(host, album, 'now', true)}>
              {t('item.shuffle')}
            </Button>
            <IconButton
              icon="play-next"
              label={t('item.next')}
              onClick={() => playItem(host, album, 'next')}
            />
            <IconButton
              icon="more"
              label={t('item.moreOf', { title: facts.title })}
              hasPopup="menu"
              onClick={(event) => openMenu({ item: album }, event)}
            />
          </div>
        </div>
        {discs.length === 1 && <Bands songs={songs} onPlay={play} />}
      </Tinted>
      {discs.map(({ number, songs: side }) => (
        <section key={number} class="side">
          {discs.length > 1 && (
            <>
              <h2>{t('item.disc', { count: number })}</h2>
              <Bands songs={side} onPlay={play} />
            </>
          )}
          <SongList
            id={`album ${id} ${number}`}
            label={facts.title}
            kind="album"
            count={side.length}
            at={(index) => side[index]}
            hasArtist={(song) => song.artist !== facts.artist}
            onPlay={(index) => {
              const song = side[index]
              if (song) play(song)
            }}
          />
        </section>
      ))}
    </>
  )
}
