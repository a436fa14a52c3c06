// What plays, beside everything on a desk; folded, at the foot.

import { t } from '../messages/index.ts'
import { IconButton } from '../parts/button.tsx'
import { Cover } from '../parts/cover.tsx'
import { Groove } from '../parts/groove.tsx'
import { Tinted } from '../parts/tinted.tsx'
import { openMenu } from '../state/overlay.ts'
import { go } from '../state/route.ts'
import { useHost } from './context.tsx'
import { coverOfNow, NowNames, NowStars, SpeakersButton, Transport, Volume } from './player-parts.tsx'
import { RestingArm } from './resting-arm.tsx'
import { UpNext } from './up-next.tsx'

export function Deck() {
  const host = useHost()
  const cover = coverOfNow(host)
  const track = host.status.value?.track
  const song = host.status.value?.own?.song
  return (
    <Tinted of={cover} as="aside" class="deck grooved" label={t('nav.player')} id="player">
      <div class="deck-now">
        {track ? (
          <button
            type="button"
            class="deck-cover"
            aria-label={t('player.fullScreen')}
            onClick={() => go('now')}
          >
            <Cover
              of={cover}
              size={400}
              title={track.album || track.title}
              alt={t('player.cover', { title: track.album || track.title })}
              class="large"
            />
          </button>
        ) : (
          <RestingArm />
        )}
        <div class="deck-names">
          <NowNames hasAlbum />
          {song && (
            <IconButton
              icon="more"
              label={t('item.moreOf', { title: song.title })}
              hasPopup="menu"
              onClick={(event) => openMenu({ item: song }, event)}
            />
          )}
        </div>
        <Groove>
          <NowStars size={13} />
        </Groove>
        <Transport />
        <div class="deck-sound">
          <Volume />
          <SpeakersButton />
        </div>
      </div>
      <UpNext />
    </Tinted>
  )
}
