// Below the speakers: this browser as one of them, and the address for any other player.

import { useEffect } from 'preact/hooks'
import { useHost } from '../app/context.tsx'
import { number, t } from '../messages/index.ts'
import {
  chooseQuality,
  isBlocked,
  isListening,
  listen,
  ownStream,
  play,
  qualities,
  quality,
  stopListening,
  streamAddress,
  streamOf,
} from '../state/listening.ts'
import { setSpeakerVolume } from '../state/speaker-actions.ts'
import { show } from '../state/toast.ts'
import { Button, Chip, IconButton } from './button.tsx'
import { copyText } from './copy-text.ts'
import { Fader } from './fader.tsx'
import { Icon } from './icon.tsx'

const qualityNames = { opus: 'Opus', flac: 'FLAC', mp3: 'MP3' } as const

export function ListenHere() {
  const host = useHost()
  const stream = ownStream.value
  const isOn = isListening.value
  const speaker =
    stream && host.speakers.value.find(({ outputId }) => outputId?.startsWith(`stream:${stream.id}.`))
  useEffect(() => {
    if (!stream) void streamOf(host)
  }, [host])
  return (
    <div class="listen-here">
      <div class="speaker">
        <label class="speaker-name">
          <input
            type="checkbox"
            checked={isOn}
            onChange={() => (isOn ? stopListening() : void listen(host))}
          />
          <span class="check-circle">
            <Icon name="check" size={18} />
          </span>
          <span class="names">
            <strong>{t('listen.here')}</strong>
            <span class="speaker-state">{t(isOn ? 'listen.plays' : 'listen.text')}</span>
          </span>
        </label>
        {isOn && speaker ? (
          <span class="number">{number(speaker.volumePercent)}</span>
        ) : (
          <Icon name="headphones" />
        )}
        {isOn && speaker && (
          <Fader
            label={t('player.volumeOf', { name: t('listen.here') })}
            percent={speaker.volumePercent}
            send={(percent) => setSpeakerVolume(host, speaker, percent)}
          />
        )}
      </div>
      {isBlocked.value && (
        <div class="trouble" role="alert">
          <p>{t('listen.blocked')}</p>
          <Button kind="warn" onClick={() => play()}>
            {t('listen.playHere')}
          </Button>
        </div>
      )}
      {isOn && (
        <div class="listen-quality" role="group" aria-label={t('listen.quality')}>
          <span>{t('listen.quality')}</span>
          {qualities.map((one) => (
            <Chip key={one} isOn={quality.value === one} onClick={() => chooseQuality(host, one)}>
              {qualityNames[one]}
            </Chip>
          ))}
        </div>
      )}
      {stream && (
        <div class="listen-address">
          <span>{t('listen.others')}</span>
          <div class="copy-field">
            <code dir="ltr">{streamAddress(host, stream, quality.value)}</code>
            <IconButton
              icon="copy"
              label={t('listen.copy')}
              onClick={() => {
                copyText(streamAddress(host, stream, quality.value))
                show({ text: t('done.copied') })
              }}
            />
          </div>
        </div>
      )}
    </div>
  )
}
