import { useState } from 'preact/hooks'
import type { Playable, Song } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { closeOverlay } from '../state/overlay.ts'
import { addToPlaylist, editablePlaylists, makePlaylist } from '../state/playlist-actions.ts'
import { clearSelection } from '../state/selection.ts'
import { show } from '../state/toast.ts'

export function AddToPlaylist({ songs, name }: { songs: readonly Song[] | Playable; name: string }) {
  const host = useHost()
  const [newName, setNewName] = useState('')
  const done = () => {
    closeOverlay()
    clearSelection()
  }
  return (
    <Dialog label={t('item.add')} title={t('item.add')} class="choose" onClose={closeOverlay}>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault()
          const wanted = newName.trim()
          if (wanted === '') return
          done()
          void makePlaylist(host, wanted, songs).then(
            (id) =>
              id !== undefined && show({ text: t('done.added', { name, playlist: wanted }), name: wanted }),
          )
        }}
      >
        <input
          type="text"
          value={newName}
          placeholder={t('playlist.new')}
          aria-label={t('playlist.newName')}
          maxLength={255}
          onInput={(event) => setNewName(event.currentTarget.value)}
        />
        <Button kind="main" isSubmit isDisabled={newName.trim() === ''}>
          {t('playlist.make')}
        </Button>
      </form>
      <ul class="choices">
        {editablePlaylists(host).map((playlist) => (
          <li key={playlist.id}>
            <button
              type="button"
              onClick={() => {
                done()
                void addToPlaylist(host, playlist, songs, name)
              }}
            >
              <Icon name="playlist" />
              <span dir="auto">{playlist.name}</span>
              <span class="quiet">{t('count.songs', { count: playlist.songCount })}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
