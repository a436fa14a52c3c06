// Where it sounds: each speaker on or off, with a volume of its own, and in words what is wrong with it.

import '../messages/en-later.ts'
import type { Speaker } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { Volume } from '../app/player-parts.tsx'
import { number, t } from '../messages/index.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Fader } from '../parts/fader.tsx'
import { Icon } from '../parts/icon.tsx'
import { ListenHere } from '../parts/listen-here.tsx'
import { ownStream } from '../state/listening.ts'
import { closeOverlay, type Point } from '../state/overlay.ts'
import { setSpeakerVolume, switchSpeaker } from '../state/speaker-actions.ts'

export function Speakers({ at }: { at: Point | undefined }) {
  const host = useHost()
  return (
    <Dialog
      label={t('speakers.title')}
      title={t('speakers.title')}
      class="speakers"
      at={at}
      onClose={closeOverlay}
    >
      <div class="speakers-master">
        <Volume />
        <span class="number">{number(host.status.value?.volumePercent ?? 0)}</span>
      </div>
      <ul>
        {host.speakers.value
          .filter(({ outputId }) => !isOwnStream(outputId))
          .map((speaker) => (
            <SpeakerLine key={speaker.id} speaker={speaker} />
          ))}
      </ul>
      <ListenHere />
    </Dialog>
  )
}

/** Shown below, as this browser. */
function isOwnStream(outputId: string | undefined): boolean {
  const stream = ownStream.value
  return stream !== undefined && (outputId?.startsWith(`stream:${stream.id}.`) ?? false)
}

function SpeakerLine({ speaker }: { speaker: Speaker }) {
  const host = useHost()
  const { name, isOn, volumePercent, trouble, underruns = 0 } = speaker
  const state = trouble ?? (isOn ? t('speakers.inTime') : t('speakers.off'))
  return (
    <li class={`speaker ${trouble ? 'troubled' : ''}`}>
      <label class="speaker-name">
        <input type="checkbox" checked={isOn} onChange={() => void switchSpeaker(host, speaker)} />
        <span class="check-circle">
          <Icon name="check" size={18} />
        </span>
        <span class="names">
          <strong dir="auto">{name}</strong>
          <span class="speaker-state">{state}</span>
        </span>
      </label>
      {isOn && <span class="number">{number(volumePercent)}</span>}
      {isOn && (
        <Fader
          label={t('player.volumeOf', { name })}
          percent={volumePercent}
          send={(percent) => setSpeakerVolume(host, speaker, percent)}
        />
      )}
      {isOn && underruns > 0 && (
        <details class="quiet">
          <summary>{t('speakers.numbers')}</summary>
          {t('speakers.tore', { count: underruns })}
        </details>
      )}
    </li>
  )
}
