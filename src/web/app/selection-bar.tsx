// What can be done with the songs that are chosen.

import { t } from '../messages/index.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Stars } from '../parts/stars.tsx'
import { playSongs, putSongs, rate } from '../state/actions.ts'
import { openOverlay } from '../state/overlay.ts'
import { clearSelection, isSelecting, selectedSongs } from '../state/selection.ts'
import { useHost } from './context.tsx'

export function SelectionBar() {
  const host = useHost()
  if (!isSelecting.value) return null
  const songs = selectedSongs.value
  const name = songs.length === 1 ? (songs[0]?.title ?? '') : t('count.songs', { count: songs.length })
  const done = (work: () => void) => () => {
    work()
    clearSelection()
  }
  return (
    <section class="selection-bar" aria-label={t('select.bar')}>
      <strong>{t('count.selected', { count: songs.length })}</strong>
      <Button kind="quiet" icon="play" onClick={done(() => playSongs(host, songs))}>
        {t('item.play')}
      </Button>
      <Button kind="quiet" icon="play-next" onClick={done(() => putSongs(host, songs, 'next', name))}>
        {t('select.next')}
      </Button>
      <Button kind="quiet" icon="play-later" onClick={done(() => putSongs(host, songs, 'end', name))}>
        {t('select.later')}
      </Button>
      <Button
        kind="quiet"
        icon="playlist"
        onClick={() => openOverlay({ kind: 'add-to-playlist', songs, name })}
      >
        {t('item.add')}
      </Button>
      <Stars
        percent={commonRating(songs.map(({ ratingPercent }) => ratingPercent))}
        size={18}
        onRate={(stars) => {
          for (const song of songs) void rate(host, { ...song, ratingPercent: -1 }, stars)
        }}
      />
      <IconButton icon="close" label={t('select.close')} onClick={clearSelection} />
    </section>
  )
}

function commonRating(percents: readonly number[]): number {
  const [first = 0] = percents
  return percents.every((percent) => percent === first) ? first : 0
}
