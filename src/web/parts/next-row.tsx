// A song of the queue or the history as one button: it plays from there.

import type { QueueSong } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { clockText } from '../model/words.ts'
import { coverOfSong } from '../state/covers.ts'
import { jumpTo } from '../state/queue-actions.ts'
import { Cover } from './cover.tsx'

export function NextRow({ song, coverSize }: { song: QueueSong; coverSize: number }) {
  const host = useHost()
  return (
    <button type="button" class="next-row" onClick={() => jumpTo(host, song)}>
      <Cover of={coverOfSong(song)} size={coverSize} title={song.album || song.title} />
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
  )
}
