// Speakers on and off, and how loud each is.

import type { Speaker } from '../../remote/index.ts'
import { t } from '../messages/index.ts'
import { refused } from './app.ts'
import type { HostModel } from './host.ts'
import { show } from './toast.ts'

async function change(host: HostModel, shown: readonly Speaker[], send: () => Promise<void>): Promise<void> {
  host.showSpeakers(shown)
  try {
    await host.during(send)
  } catch (error) {
    refused(error, host.name)
  }
  await host.readSpeakers()
}

/** Exactly these sound afterwards. */
export function switchSpeaker(host: HostModel, speaker: Speaker): Promise<void> {
  const speakers = host.speakers.value.map((one) =>
    one.id === speaker.id ? { ...one, isOn: !speaker.isOn } : one,
  )
  const on = speakers.filter(({ isOn }) => isOn).map(({ id }) => id)
  return change(host, speakers, () => host.remote.setSpeakers(on))
}

export async function setSpeakerVolume(host: HostModel, speaker: Speaker, percent: number): Promise<void> {
  const speakers = host.speakers.value.map((one) =>
    one.id === speaker.id ? { ...one, volumePercent: percent } : one,
  )
  await change(host, speakers, () => host.remote.setSpeakerVolume(speaker.id, percent))
  const now = host.speakers.value.find(({ id }) => id === speaker.id)?.volumePercent
  if (now !== undefined && Math.abs(now - percent) > 1)
    show({ text: t('speakers.stays', { name: speaker.name, wanted: percent, now }), name: speaker.name })
}
