// The words of the song that plays, where its file has them.

import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { KnownError } from '../../errors.ts'
import type { Remote } from '../../remote/index.ts'
import type { HostModel } from './host.ts'

export type Lyrics = NonNullable<Awaited<ReturnType<Remote['lyrics']>>>

/** Chosen for now: the words in place of what is next. */
export const showsLyrics = signal(true)

export function useLyrics(host: HostModel): Lyrics | undefined {
  const songId = host.status.value?.track?.songId
  const [lyrics, setLyrics] = useState<Lyrics>()
  useEffect(() => {
    setLyrics(undefined)
    if (songId === undefined) return
    const ending = new AbortController()
    host.remote.lyrics(songId, { signal: ending.signal }).then(
      (found) => !ending.signal.aborted && setLyrics(found),
      (error: unknown) => {
        // Other hosts have none, and one that is away says so elsewhere.
        if (!ending.signal.aborted && !(error instanceof KnownError)) throw error
      },
    )
    return () => ending.abort()
  }, [host, songId])
  return lyrics
}
