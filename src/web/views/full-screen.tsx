// What plays, on the whole of a wide screen: sleeve, record half out of it, and the arm.

import { useSignalEffect } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { positionAt } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { coverOfNow, NowNames, NowStars, SpeakersButton, Transport, Volume } from '../app/player-parts.tsx'
import { t } from '../messages/index.ts'
import { IconButton } from '../parts/button.tsx'
import { Groove } from '../parts/groove.tsx'
import { LyricsOrNext } from '../parts/lyrics-or-next.tsx'
import { Sleeve } from '../parts/sleeve.tsx'
import { Tinted } from '../parts/tinted.tsx'
import { openMenu } from '../state/overlay.ts'
import { back } from '../state/route.ts'

export function FullScreen() {
  const host = useHost()
  const status = host.status.value
  const song = status?.own?.song
  const cover = coverOfNow(host)
  const next = host.queue.value?.songs.find(({ offset }) => offset === 1)
  return (
    <Tinted of={cover} as="section" class="full-page grooved" label={t('nav.player')} id="player">
      <header class="now-head">
        <IconButton icon="down" label={t('player.close')} keys="f" onClick={back} />
        <IconButton
          icon="more"
          label={t('item.more')}
          hasPopup="menu"
          isDisabled={!song}
          onClick={(event) => song && openMenu({ item: song }, event)}
        />
      </header>
      <div class="full-middle">
        <div class="full-record">
          <Sleeve
            cover={cover}
            title={status?.track?.album || status?.track?.title || ''}
            isOut={status?.track !== null}
            isTurning={status?.state === 'playing'}
          />
          <Arm />
        </div>
        <LyricsOrNext />
      </div>
      <div class="full-names">
        <NowNames hasAlbum />
        <NowStars />
      </div>
      <Groove />
      <footer class="full-foot">
        <p class="full-next">
          {next && (
            <>
              {t('player.nextIs')} <strong dir="auto">{next.title}</strong>
            </>
          )}
        </p>
        <Transport playSize={32} />
        <div class="full-sound">
          <Volume />
          <SpeakersButton />
        </div>
      </footer>
    </Tinted>
  )
}

const restDegrees = 21
const sweepDegrees = 17
const redrawMs = 500

/** Stands where the song is; lifted while paused; beside the record when nothing plays. */
function Arm() {
  const host = useHost()
  const arm = useRef<SVGSVGElement>(null)
  const draw = () => {
    const status = host.status.peek()
    const share =
      status && status.durationMs > 0 ? positionAt(status, performance.now()) / status.durationMs : 0
    const degrees = status?.track ? restDegrees + sweepDegrees * Math.min(1, share) : 0
    arm.current?.style.setProperty('--angle', `${degrees.toFixed(2)}deg`)
    arm.current?.classList.toggle('lifted', status?.state !== 'playing')
  }
  useSignalEffect(() => {
    void host.status.value // drawn with it
    draw()
  })
  useEffect(() => {
    const timer = setInterval(draw, redrawMs)
    return () => clearInterval(timer)
  }, [host])
  return (
    <svg ref={arm} class="full-arm" viewBox="0 0 120 280" aria-hidden="true">
      <circle class="arm-base" cx="60" cy="24" r="15" />
      <path class="arm-edge" d="M60 24v170" />
      <path class="arm-tube" d="M60 24v170" />
      <path class="arm-head" d="M60 194v34" />
      <circle class="needle-fill" cx="60" cy="24" r="7.5" />
    </svg>
  )
}
