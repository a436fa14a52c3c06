// A playlist: renamed in place, its songs sorted by hand.

import { useEffect, useState } from 'preact/hooks'
import type { Playlist, Song } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Fan } from '../parts/fan.tsx'
import { Icon } from '../parts/icon.tsx'
import { Page, Title } from '../parts/page.tsx'
import { SongList } from '../parts/song-list.tsx'
import { ListState } from '../parts/state-of-list.tsx'
import { timeInWords } from '../parts/time-words.ts'
import { playFrom, playItem } from '../state/actions.ts'
import { deletePlaylist, moveSong, removeSongs, renamePlaylist } from '../state/playlist-actions.ts'
import { hrefOf } from '../state/route.ts'

export function PlaylistView({ id }: { id: string }) {
  const host = useHost()
  const playlist = host.playlists.value?.find((one) => String(one.id) === id)
  const list = host.lists.playlistSongs(Number(id))
  const songs = list.value.value
  if (!playlist && host.playlists.value !== undefined)
    return (
      <Page title={t('page.playlists')} hasBack>
        <p class="notice">{t('list.gone')}</p>
      </Page>
    )
  return (
    <Page title={playlist?.name ?? ''} hasBack isTitleHidden class="album-page">
      {playlist && (
        <ListState
          failure={list.failure.value}
          isLoading={songs === undefined}
          isEmpty={false}
          empty={null}
          onAgain={list.refresh}
        >
          {songs && <PlaylistOfSongs playlist={playlist} songs={songs} />}
        </ListState>
      )}
    </Page>
  )
}

function PlaylistOfSongs({ playlist, songs }: { playlist: Playlist; songs: readonly Song[] }) {
  const host = useHost()
  const isSorted = playlist.isEditable && !playlist.isSmart
  const durationMs = songs.reduce((sum, song) => sum + song.durationMs, 0)
  const facts = `${t('count.songs', { count: songs.length })}${songs.length > 0 ? `, ${timeInWords(durationMs)}` : ''}`
  const move = (index: number, to: number) => void moveSong(host, playlist, songs, index, to)
  return (
    <>
      <div class="album-head playlist-head">
        <Fan songs={songs} />
        <div class="album-text">
          <PlaylistName playlist={playlist} />
          <p class="album-facts">{facts}</p>
          <div class="album-buttons">
            <Button
              kind="main"
              icon="play"
              isDisabled={songs.length === 0}
              onClick={() => playItem(host, playlist)}
            >
              {t('item.play')}
            </Button>
            <Button
              icon="shuffle"
              isDisabled={songs.length === 0}
              onClick={() => playItem(host, playlist, 'now', true)}
            >
              {t('item.shuffle')}
            </Button>
            {playlist.isSmart && (
              <a
                class="icon-button"
                href={hrefOf('rules', playlist.id)}
                aria-label={t('playlist.edit')}
                title={t('playlist.edit')}
              >
                <Icon name="smart" />
              </a>
            )}
            <IconButton
              icon="remove"
              label={t('playlist.delete')}
              onClick={() => void deletePlaylist(host, playlist)}
            />
          </div>
        </div>
      </div>
      {songs.length === 0 && (
        <p class="quiet">{t(playlist.isSmart ? 'playlist.smartEmpty' : 'playlist.empty')}</p>
      )}
      <SongList
        id={`playlist ${playlist.id}`}
        label={playlist.name}
        kind="songs"
        count={songs.length}
        at={(index) => songs[index]}
        onPlay={(index) => {
          const song = songs[index]
          if (song) playFrom(host, song, { playlistId: playlist.id })
        }}
        {...(isSorted
          ? {
              onMove: move,
              onRemove: (gone: readonly Song[]) => void removeSongs(host, playlist, gone),
              extras: (song: Song, index: number) => [
                {
                  icon: 'up' as const,
                  label: t('queue.moveUp'),
                  keys: 'Alt ↑',
                  run: () => move(index, Math.max(0, index - 1)),
                },
                {
                  icon: 'down' as const,
                  label: t('queue.moveDown'),
                  keys: 'Alt ↓',
                  run: () => move(index, Math.min(songs.length - 1, index + 1)),
                },
                {
                  icon: 'remove' as const,
                  label: t('item.remove'),
                  keys: 'Del',
                  run: () => void removeSongs(host, playlist, [song]),
                },
              ],
            }
          : {})}
      />
    </>
  )
}

function PlaylistName({ playlist }: { playlist: Playlist }) {
  const host = useHost()
  const [name, setName] = useState<string>()
  useEffect(() => setName(undefined), [playlist.name])
  const save = () => {
    if (name !== undefined) void renamePlaylist(host, playlist, name)
    setName(undefined)
  }
  if (name !== undefined)
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <input
          type="text"
          class="title-field"
          autofocus
          value={name}
          maxLength={255}
          aria-label={t('playlist.newName')}
          onInput={(event) => setName(event.currentTarget.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            setName(undefined)
          }}
        />
      </form>
    )
  return (
    <div class="title-and-pen">
      <Title text={playlist.name} class="large" />
      {playlist.isEditable && (
        <IconButton
          icon="composer"
          size={20}
          label={t('playlist.rename')}
          onClick={() => setName(playlist.name)}
        />
      )}
    </div>
  )
}
