import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { clockText } from '../model/words.ts'
import { Cover } from '../parts/cover.tsx'
import { Page } from '../parts/page.tsx'
import { coverOfSong } from '../state/covers.ts'
import { jumpTo } from '../state/queue-actions.ts'

/** What was played, the newest first. */
export function HistoryView() {
  const host = useHost()
  const songs = host.history.value?.songs.toReversed()
  return (
    <Page title={t('page.history')} hasBack>
      {songs?.length === 0 && <p class="quiet">{t('queue.noHistory')}</p>}
      <ul class="plain-list">
        {songs?.map((song) => (
          <li key={song.entryId ?? song.offset}>
            <button type="button" class="next-row" onClick={() => jumpTo(host, song)}>
              <Cover of={coverOfSong(song)} size={44} title={song.album || song.title} />
              <span class="names">
                <span class="row-title" dir="auto">
                  {song.title || t('item.untitled')}
                </span>
                <span class="row-under" dir="auto">
                  {song.artist}
                </span>
              </span>
              <span class="row-time">{clockText(song.durationMs)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Page>
  )
}
