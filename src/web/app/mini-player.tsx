// What plays, on phones above the tabs.

import { useRef } from 'preact/hooks'
import { t } from '../messages/index.ts'
import { IconButton } from '../parts/button.tsx'
import { Cover } from '../parts/cover.tsx'
import { Groove } from '../parts/groove.tsx'
import { Tinted } from '../parts/tinted.tsx'
import { openMenu, openOverlay, pointOf } from '../state/overlay.ts'
import { go, hrefOf } from '../state/route.ts'
import { useHost } from './context.tsx'
import { coverOfNow, isAway, NextButton, PlayButton } from './player-parts.tsx'

const swipeUpPx = 40

export function MiniPlayer() {
  const host = useHost()
  const track = host.status.value?.track
  const song = host.status.value?.own?.song
  const startY = useRef<number>(undefined)
  if (!track) return null
  const link = host.link.value
  const lastHeard =
    link.state === 'lost'
      ? t('player.lastHeard', {
          time: new Date(link.wallMs).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
        })
      : undefined
  return (
    <Tinted
      of={isAway(host) ? undefined : coverOfNow(host)}
      as="section"
      class="mini"
      label={t('nav.player')}
      id="player"
    >
      <a
        class="mini-open"
        href={hrefOf('now')}
        onContextMenu={(event) => song && openMenu({ item: song }, event)}
        onTouchStart={(event) => {
          startY.current = event.touches[0]?.clientY
        }}
        onTouchEnd={(event) => {
          const from = startY.current
          const to = event.changedTouches[0]?.clientY
          if (from !== undefined && to !== undefined && from - to > swipeUpPx) go('now')
        }}
      >
        <Cover of={coverOfNow(host)} size={46} title={track.album || track.title} />
        <span class="unseen">{t('player.open')}: </span>
        <span class="names">
          <strong dir="auto">{track.title || t('item.untitled')}</strong>
          <span dir="auto">{lastHeard ?? track.artist}</span>
        </span>
      </a>
      <IconButton
        icon="speakers"
        class="mini-speakers"
        label={t('speakers.title')}
        hasPopup="dialog"
        isDisabled={isAway(host)}
        onClick={(event) => openOverlay({ kind: 'speakers', at: pointOf(event) })}
      />
      <PlayButton class="bare" />
      <NextButton size={26} />
      <Groove hasTimes={false} isShownOnly class="thin" />
    </Tinted>
  )
}
