// What plays, at the foot: on tablets, and on a desk when the deck is folded.

import { t } from '../messages/index.ts'
import { Cover } from '../parts/cover.tsx'
import { Groove } from '../parts/groove.tsx'
import { Icon } from '../parts/icon.tsx'
import { Tinted } from '../parts/tinted.tsx'
import { go, hrefOf } from '../state/route.ts'
import { useHost } from './context.tsx'
import { coverOfNow, NowNames, SpeakersButton, Transport, Volume } from './player-parts.tsx'

export function BottomDeck() {
  const host = useHost()
  const track = host.status.value?.track
  const cover = coverOfNow(host)
  return (
    <Tinted of={cover} as="aside" class="bottom-deck" label={t('nav.player')} id="player">
      <Groove hasTimes={false} class="wide" />
      <div class="bottom-song">
        {track && (
          <button
            type="button"
            class="bare-button"
            aria-label={t('player.fullScreen')}
            onClick={() => go('now')}
          >
            <Cover of={cover} size={64} title={track.album || track.title} />
          </button>
        )}
        <NowNames />
      </div>
      <Transport />
      <div class="bottom-sound">
        <Volume />
        <SpeakersButton />
        <a class="icon-button" href={hrefOf('queue')} aria-label={t('page.queue')} title={t('page.queue')}>
          <Icon name="queue" />
        </a>
      </div>
    </Tinted>
  )
}
