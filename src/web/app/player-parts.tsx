// What the deck, the mini player and the full view of what plays have in common.

import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { IconButton } from '../parts/button.tsx'
import { Fader } from '../parts/fader.tsx'
import { Icon } from '../parts/icon.tsx'
import { DiscMark } from '../parts/mark.tsx'
import { Stars } from '../parts/stars.tsx'
import * as actions from '../state/actions.ts'
import { type CoverKey, coverOfSong } from '../state/covers.ts'
import type { HostModel } from '../state/host.ts'
import { openOverlay, pointOf } from '../state/overlay.ts'
import { hrefOf } from '../state/route.ts'

export function coverOfNow(host: HostModel): CoverKey | undefined {
  const track = host.status.value?.track
  return track ? coverOfSong(track) : undefined
}

export const isAway = (host: HostModel): boolean => host.link.value.state !== 'here'

export function PlayButton({ size = 28, class: extra = '' }: { size?: number; class?: string }) {
  const host = useHost()
  const status = host.status.value
  const isPlaying = status?.state === 'playing'
  const isEmpty = !status?.track && (host.queue.value?.songs.length ?? 0) === 0
  const isDisabled = isAway(host) || isEmpty
  return (
    <button
      type="button"
      class={`play-button ${extra}`}
      aria-label={t(isPlaying ? 'player.pause' : 'player.play')}
      aria-disabled={isDisabled || undefined}
      onClick={() => !isDisabled && actions.playPause(host)}
    >
      {host.wishes.asked.value.has('play') ? (
        <DiscMark isTurning size={size} />
      ) : (
        <Icon name={isPlaying ? 'pause' : 'play'} size={size} />
      )}
    </button>
  )
}

export function NextButton({ size = 28 }: { size?: number }) {
  const host = useHost()
  return (
    <IconButton
      icon="next"
      size={size}
      label={t('player.next')}
      isDisabled={isAway(host) || !host.status.value?.track}
      isAsked={host.wishes.asked.value.has('song')}
      keys="n"
      onClick={() => actions.next(host)}
    />
  )
}

/** Shuffle, previous, play, next, repeat. Never mirrored. */
export function Transport({ playSize = 28 }: { playSize?: number }) {
  const host = useHost()
  const status = host.status.value
  const repeat = status?.repeat ?? 'off'
  const isOff = isAway(host) || !status?.track
  return (
    <div class="transport" dir="ltr">
      <IconButton
        icon="shuffle"
        class="toggle"
        label={t('player.shuffle')}
        isPressed={status?.isShuffled ?? false}
        isDisabled={isAway(host)}
        keys="s"
        onClick={() => actions.toggleShuffle(host)}
      />
      <IconButton
        icon="previous"
        size={28}
        label={t('player.previous')}
        isDisabled={isOff}
        keys="p"
        onClick={() => actions.previous(host)}
      />
      <PlayButton size={playSize} />
      <NextButton />
      <IconButton
        icon={repeat === 'song' ? 'repeat-one' : 'repeat'}
        class={`toggle ${repeat === 'off' ? '' : 'on'}`}
        label={t(`player.repeat.${repeat}`)}
        isDisabled={isAway(host)}
        keys="r"
        onClick={() => actions.turnRepeat(host)}
      />
    </div>
  )
}

export function Volume({ hasLouder = false }: { hasLouder?: boolean }) {
  const host = useHost()
  const status = host.status.value
  const isMuted = status?.own?.isMuted ?? false
  const percent = status?.volumePercent ?? 0
  const hasSpeaker = host.speakers.value.some(({ isOn }) => isOn)
  return (
    <div class="volume" dir="ltr">
      <IconButton
        icon={isMuted ? 'mute' : percent < 34 || hasLouder ? 'volume-low' : 'volume'}
        label={t(isMuted ? 'player.unmute' : 'player.mute')}
        isPressed={isMuted}
        isDisabled={isAway(host)}
        keys="m"
        onClick={() => actions.toggleMute(host)}
      />
      <Fader
        label={t('player.volume')}
        percent={percent}
        isMuted={isMuted}
        isDisabled={isAway(host) || !hasSpeaker}
        send={(value) => actions.setVolume(host, value)}
      />
      {hasLouder && (
        <IconButton
          icon="volume"
          label={t('player.louder')}
          isDisabled={isAway(host)}
          onClick={() => actions.stepVolume(host, 2)}
        />
      )}
    </div>
  )
}

function speakersText(host: HostModel): string {
  const on = host.speakers.value.filter(({ isOn }) => isOn)
  const [first, ...others] = on
  if (!first) return t('speakers.none')
  return others.length === 0 ? first.name : t('speakers.more', { name: first.name, count: others.length })
}

export function SpeakersButton() {
  const host = useHost()
  const on = host.speakers.value.filter(({ isOn }) => isOn)
  return (
    <button
      type="button"
      class="pill speakers-button"
      aria-haspopup="dialog"
      aria-label={`${t('speakers.title')}: ${speakersText(host)}`}
      aria-keyshortcuts="v"
      onClick={(event) => openOverlay({ kind: 'speakers', at: pointOf(event) })}
    >
      <Icon name={on.length > 1 ? 'speakers' : 'speaker'} size={20} />
      <span dir="auto">{speakersText(host)}</span>
    </button>
  )
}

export function NowStars({ size = 22 }: { size?: number }) {
  const host = useHost()
  const song = host.status.value?.own?.song
  if (!song) return <span class="stars-gap" />
  return (
    <Stars
      percent={song.ratingPercent}
      size={size}
      onRate={(stars) => void actions.rate(host, song, stars)}
    />
  )
}

/** Title, and who made it: both lead there. */
export function NowNames({ hasAlbum = false }: { hasAlbum?: boolean }) {
  const host = useHost()
  const status = host.status.value
  const track = status?.track
  if (!track)
    return (
      <div class="now-names">
        <strong class="now-title">{t('player.nothing')}</strong>
        <span class="now-artist">{t('player.rests')}</span>
      </div>
    )
  const artistId = status.own?.song?.artistId
  return (
    <div class="now-names">
      <strong class="now-title" dir="auto">
        {track.albumId ? (
          <a href={hrefOf('album', track.albumId)}>{track.title || t('item.untitled')}</a>
        ) : (
          track.title
        )}
      </strong>
      <span class="now-artist" dir="auto">
        {artistId ? <a href={hrefOf('artist', artistId)}>{track.artist}</a> : track.artist}
        {hasAlbum && track.album && ` — ${track.album}`}
      </span>
    </div>
  )
}
