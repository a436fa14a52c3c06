// What is next, in the deck: looked at, jumped to; sorted on the page of the queue.

import type { QueueSong } from '../../remote/index.ts'
import { t } from '../messages/index.ts'
import { Icon } from '../parts/icon.tsx'
import { NextRow } from '../parts/next-row.tsx'
import { playItem, putSongs } from '../state/actions.ts'
import { dragged } from '../state/dragged.ts'
import { hrefOf } from '../state/route.ts'
import { useHost } from './context.tsx'

const mostShown = 30

export function UpNext() {
  const host = useHost()
  const songs = (host.queue.value?.songs ?? []).filter(({ offset }) => offset > 0).slice(0, mostShown)
  const byHand = songs.filter(({ section }) => section === 'user')
  const then = songs.filter(({ section }) => section !== 'user')
  const from = host.queue.value?.from
  return (
    <section
      class={`up-next ${dragged.value ? 'open-to-drop' : ''}`}
      aria-label={t('player.upNext')}
      onDragOver={(event) => dragged.value && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        const { value } = dragged
        if (!value) return
        if ('kind' in value.songs) playItem(host, value.songs, 'end')
        else putSongs(host, value.songs, 'end', value.name)
      }}
    >
      <div class="up-next-head">
        <h2>{t('player.upNext')}</h2>
        <a class="quiet-link" href={hrefOf('history')}>
          {t('queue.history')}
        </a>
        <a class="icon-button" href={hrefOf('queue')} aria-label={t('page.queue')} title={t('page.queue')}>
          <Icon name="queue" size={20} />
        </a>
      </div>
      {songs.length === 0 && (
        <p class="quiet">{t(host.status.value?.track ? 'queue.empty' : 'empty.upNext')}</p>
      )}
      <NextSongs songs={byHand} />
      {then.length > 0 && (
        <>
          <h3>{from ? t('player.thenFrom', { name: from }) : t('player.then')}</h3>
          <NextSongs songs={then} />
        </>
      )}
    </section>
  )
}

function NextSongs({ songs }: { songs: readonly QueueSong[] }) {
  if (songs.length === 0) return null
  return (
    <ul>
      {songs.map((song) => (
        <li key={song.entryId ?? song.offset}>
          <NextRow song={song} coverSize={40} />
        </li>
      ))}
    </ul>
  )
}
