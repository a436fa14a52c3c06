// A fan of sleeves: up to four different ones.

import type { Song } from '../../remote/index.ts'
import { coverOfSong } from '../state/covers.ts'
import { Cover } from './cover.tsx'

const mostSleeves = 4

export function Fan({ songs }: { songs: readonly Song[] }) {
  const seen = new Map(songs.map((song) => [song.albumId || song.id, song]))
  const shown = [...seen.values()].slice(0, mostSleeves)
  return (
    <div class={`fan fan-${shown.length}`} aria-hidden="true">
      {shown.length === 0 && <div class="cover" />}
      {shown.map((song) => (
        <Cover
          key={song.id}
          of={coverOfSong(song)}
          size={180}
          title={song.album || song.title}
          class="large"
        />
      ))}
    </div>
  )
}
