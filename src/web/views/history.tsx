import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { NextRow } from '../parts/next-row.tsx'
import { Page } from '../parts/page.tsx'

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
            <NextRow song={song} coverSize={44} />
          </li>
        ))}
      </ul>
    </Page>
  )
}
