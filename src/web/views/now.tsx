// What plays, over everything: on phones a sheet of its own, on wide screens sleeve, record and arm.

import { useEffect, useRef } from 'preact/hooks'
import { useHost } from '../app/context.tsx'
import { coverOfNow, NowNames, NowStars, SpeakersButton, Transport, Volume } from '../app/player-parts.tsx'
import { RestingArm } from '../app/resting-arm.tsx'
import { t } from '../messages/index.ts'
import { IconButton } from '../parts/button.tsx'
import { Cover } from '../parts/cover.tsx'
import { Groove } from '../parts/groove.tsx'
import { Icon } from '../parts/icon.tsx'
import { LyricsOrNext } from '../parts/lyrics-or-next.tsx'
import { Tinted } from '../parts/tinted.tsx'
import { isPhone } from '../parts/use-media.ts'
import { next, previous } from '../state/actions.ts'
import { openMenu } from '../state/overlay.ts'
import { back, hrefOf } from '../state/route.ts'
import { FullScreen } from './full-screen.tsx'

export function Now() {
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus({ preventScroll: true }), [])
  return (
    <>
      <h1 class="unseen" tabIndex={-1} ref={head}>
        {t('nav.player')}
      </h1>
      {isPhone.value ? <NowOnPhone /> : <FullScreen />}
    </>
  )
}

function NowOnPhone() {
  const host = useHost()
  const track = host.status.value?.track
  const song = host.status.value?.own?.song
  const cover = coverOfNow(host)
  const swipe = useCoverSwipe(() => back())
  return (
    <Tinted of={cover} as="section" class="now-page grooved" label={t('nav.player')} id="player">
      <header class="now-head">
        <IconButton icon="down" label={t('player.close')} onClick={back} />
        <div class="now-from">
          <span>{t('player.playing', { host: host.name })}</span>
          <strong dir="auto">{track?.album || host.status.value?.own?.from || ''}</strong>
        </div>
        <IconButton
          icon="more"
          label={t('item.more')}
          hasPopup="menu"
          isDisabled={!song}
          onClick={(event) => song && openMenu({ item: song }, event)}
        />
      </header>
      <div class="now-cover" {...swipe}>
        {track ? (
          <Cover
            of={cover}
            size={480}
            title={track.album || track.title}
            alt={t('player.cover', { title: track.album || track.title })}
            class="large"
          />
        ) : (
          <RestingArm />
        )}
      </div>
      <NowNames />
      <NowStars />
      <Groove />
      <Transport playSize={34} />
      <Volume hasLouder />
      <footer class="now-foot">
        <SpeakersButton />
        <a class="icon-button" href={hrefOf('queue')} aria-label={t('page.queue')} title={t('page.queue')}>
          <Icon name="queue" size={26} />
        </a>
      </footer>
      <LyricsOrNext />
    </Tinted>
  )
}

const swipePx = 72

/** Sideways: next, previous; down: close. */
function useCoverSwipe(onDown: () => void) {
  const host = useHost()
  const from = useRef<{ x: number; y: number }>(undefined)
  return {
    onTouchStart(event: TouchEvent) {
      const touch = event.touches[0]
      from.current = touch && { x: touch.clientX, y: touch.clientY }
    },
    onTouchEnd(event: TouchEvent) {
      const start = from.current
      const touch = event.changedTouches[0]
      if (!start || !touch) return
      const [dx, dy] = [touch.clientX - start.x, touch.clientY - start.y]
      if (dy > swipePx && dy > Math.abs(dx)) onDown()
      else if (Math.abs(dx) > swipePx) (dx < 0 ? next : previous)(host)
    },
  }
}
