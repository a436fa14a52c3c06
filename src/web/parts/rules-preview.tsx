// What rules find now, while they are being written: how many songs, how long, and the first of them.

import { useEffect, useState } from 'preact/hooks'
import { KnownError } from '../../errors.ts'
import type { SmartPreview } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { number, t } from '../messages/index.ts'
import { playSongs } from '../state/actions.ts'
import { SongList } from './song-list.tsx'
import { timeInWords } from './time-words.ts'

/** A pause between two keys is shorter. */
const calmMs = 200
const shownSongs = 20

type Found = SmartPreview | 'unfinished' | undefined

/** Undefined while a rule waits for its value. */
export function RulesPreview({ definition }: { definition: string | undefined }) {
  const host = useHost()
  const [found, setFound] = useState<Found>()
  const playlists = host.playlists.value // read anew whenever the library changes
  useEffect(() => {
    if (definition === undefined) return setFound('unfinished')
    const ending = new AbortController()
    const { signal } = ending
    const timer = setTimeout(() => {
      host.remote.previewSmartPlaylist(definition, { count: shownSongs, signal }).then(
        (preview) => signal.aborted || setFound(preview),
        (error: unknown) => {
          if (error instanceof KnownError && error.code === 'BAD_RULES') setFound('unfinished')
          else if (!(error instanceof KnownError) && !signal.aborted) throw error
        },
      )
    }, calmMs)
    return () => {
      clearTimeout(timer)
      ending.abort()
    }
  }, [definition, host, playlists])

  return (
    <section class="rules-found" aria-labelledby="rules-found">
      <div class="result-head">
        <h2 class="section-head" id="rules-found">
          {t('rules.found')}
        </h2>
        <p class="quiet" role="status">
          {found === undefined ? '' : found === 'unfinished' ? t('rules.unfinished') : countOf(found)}
        </p>
      </div>
      {typeof found === 'object' && found.songs.length > 0 && (
        <SongList
          id="rules"
          label={t('rules.found')}
          kind="songs"
          count={found.songs.length}
          at={(index) => found.songs[index]}
          onPlay={(index) => playSongs(host, found.songs, { start: index })}
        />
      )}
    </section>
  )
}

/** "50 of 214 songs, 4 hours 12 minutes". */
function countOf({ songCount, matchCount, durationMs }: SmartPreview): string {
  if (songCount === 0) return t('rules.nothing')
  const songs =
    songCount < matchCount
      ? t('rules.someOf', { shown: number(songCount), count: matchCount })
      : t('count.songs', { count: songCount })
  return `${songs}, ${timeInWords(durationMs)}`
}
