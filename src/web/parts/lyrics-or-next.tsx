// Beside or below what plays: its words, or what is next.

import { useHost } from '../app/context.tsx'
import { UpNext } from '../app/up-next.tsx'
import { t } from '../messages/index.ts'
import { showsLyrics, useLyrics } from '../state/lyrics.ts'
import { Chip } from './button.tsx'
import { LyricsLines } from './lyrics-lines.tsx'

export function LyricsOrNext() {
  const lyrics = useLyrics(useHost())
  if (!lyrics) return <UpNext />
  return (
    <div class="lyrics-or-next">
      <div class="chips" role="group" aria-label={t('nav.player')}>
        <Chip isOn={showsLyrics.value} onClick={() => choose(true)}>
          {t('player.lyrics')}
        </Chip>
        <Chip isOn={!showsLyrics.value} onClick={() => choose(false)}>
          {t('player.upNext')}
        </Chip>
      </div>
      {showsLyrics.value ? <LyricsLines lyrics={lyrics} /> : <UpNext />}
    </div>
  )
}

function choose(isOn: boolean): void {
  showsLyrics.value = isOn
}
