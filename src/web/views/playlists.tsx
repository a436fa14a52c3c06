// All playlists, and a new one.

import { useState } from 'preact/hooks'
import type { Playlist } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Page } from '../parts/page.tsx'
import { openMenu } from '../state/overlay.ts'
import { listedPlaylists, makePlaylist } from '../state/playlist-actions.ts'
import { go, hrefOf } from '../state/route.ts'

export function Playlists({ id }: { id: string }) {
  const host = useHost()
  const playlists = listedPlaylists(host)
  return (
    <Page
      title={t('page.playlists')}
      tools={
        <>
          <a
            class="icon-button"
            href={hrefOf('rules', 'new')}
            aria-label={t('playlist.newSmart')}
            title={t('playlist.newSmart')}
          >
            <Icon name="smart" />
          </a>
          <a
            class="icon-button"
            href={hrefOf('playlists', 'new')}
            aria-label={t('playlist.new')}
            title={t('playlist.new')}
          >
            <Icon name="plus" />
          </a>
        </>
      }
    >
      {id === 'new' && <NewPlaylist />}
      {playlists.length === 0 && <p class="notice">{t('playlist.none')}</p>}
      <ul class="plain-list">
        {playlists.map((playlist) => (
          <PlaylistRow key={playlist.id} playlist={playlist} />
        ))}
      </ul>
    </Page>
  )
}

function PlaylistRow({ playlist }: { playlist: Playlist }) {
  return (
    <li class="row row-name playlist-row" onContextMenu={(event) => openMenu({ item: playlist }, event)}>
      <a class="row-open" href={hrefOf('playlist', playlist.id)}>
        <Icon name={playlist.isSmart ? 'smart' : 'playlist'} />
        <span class="names">
          <span class="row-title" dir="auto">
            {playlist.name}
          </span>
          <span class="row-under">{t('count.songs', { count: playlist.songCount })}</span>
        </span>
      </a>
      <IconButton
        icon="more"
        label={t('item.moreOf', { title: playlist.name })}
        hasPopup="menu"
        onClick={(event) => openMenu({ item: playlist }, event)}
      />
    </li>
  )
}

function NewPlaylist() {
  const host = useHost()
  const [name, setName] = useState('')
  const make = async () => {
    if (name.trim() === '') return
    const id = await makePlaylist(host, name.trim())
    if (id !== undefined) go('playlist', id)
  }
  return (
    <form
      class="inline-form new-playlist"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <input
        type="text"
        autofocus
        value={name}
        placeholder={t('playlist.newName')}
        aria-label={t('playlist.newName')}
        maxLength={255}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <Button kind="main" isSubmit isDisabled={name.trim() === ''}>
        {t('playlist.make')}
      </Button>
    </form>
  )
}
