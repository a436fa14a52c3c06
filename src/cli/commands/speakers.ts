// `tonearm speakers`: where the sound goes, and how loud it is there.

import type { Command } from 'commander'
import { KnownError } from '../../errors.ts'
import type { Remote, Speaker } from '../../remote/node.ts'
import { badUse, doingWithRemote, newCommand, type Work } from '../command.ts'
import { jsonLine, table } from '../terminal/output.ts'
import { bestOf } from './best-match.ts'

const common = { isData: true, isRemote: true } as const

export const speakersCommand: Command = newCommand({
  name: 'speakers',
  says: 'Show or choose where the sound goes.',
  example: 'speakers on kitchen',
  ...common,
})

const list = doingWithRemote(
  newCommand({ name: 'list', says: 'Show them.', example: 'speakers list --json', ...common }),
  (remote, given) => show(remote, given),
)

async function show(remote: Remote, { options, signal }: Work): Promise<void> {
  const speakers = await remote.speakers({ signal })
  if (options.json) return jsonLine(speakers)
  table(
    [{ title: 'SPEAKER', isElastic: true }, { title: '' }, { title: 'VOLUME', align: 'right' }],
    speakers.map(({ name, isOn, volumePercent }) => [
      name,
      isOn ? 'on' : 'off',
      isOn ? `${volumePercent} %` : '',
    ]),
  )
}

function switching(name: 'on' | 'off', says: string): Command {
  return doingWithRemote(
    newCommand({ name, says, example: `speakers ${name} kitchen`, ...common }).argument(
      '<name...>',
      'its name',
    ),
    async (remote, given) => {
      const speakers = await remote.speakers({ signal: given.signal })
      const { id } = named(speakers, given.words.join(' '))
      const others = speakers
        .filter((speaker) => speaker.isOn && speaker.id !== id)
        .map((speaker) => speaker.id)
      await remote.setSpeakers(name === 'on' ? [...others, id] : others, { signal: given.signal })
      await show(remote, given)
    },
  )
}

const volume = doingWithRemote(
  newCommand({
    name: 'volume',
    says: 'Set the volume of one; the others stay as loud as they are.',
    example: 'speakers volume kitchen 40',
    ...common,
  })
    .argument('<name>', 'its name')
    .argument('<percent>', '0 to 100'),
  async (remote, given) => {
    const [name = '', percent = ''] = given.words
    if (!/^\d{1,3}$/.test(percent) || Number(percent) > 100) throw badUse('the volume goes from 0 to 100')
    const { id } = named(await remote.speakers({ signal: given.signal }), name)
    await remote.setSpeakerVolume(id, Number(percent), { signal: given.signal })
    await show(remote, given)
  },
)

const mute = doingWithRemote(
  newCommand({
    name: 'mute',
    says: 'Silence one, or bring back how loud it was.',
    example: 'speakers mute kitchen',
    ...common,
  }).argument('<name...>', 'its name'),
  async (remote, given) => {
    const { signal } = given
    await remote.toggleSpeakerMute(named(await remote.speakers({ signal }), given.words.join(' ')), {
      signal,
    })
    await show(remote, given)
  },
)

function named(speakers: readonly Speaker[], text: string): Speaker {
  const speaker =
    speakers.find(({ id }) => id === text.toUpperCase()) ?? bestOf(speakers, text, ({ name }) => name)?.item
  if (!speaker) throw new KnownError('NO_SUCH_SPEAKER', { speaker: text })
  return speaker
}

speakersCommand
  .addCommand(list, { isDefault: true })
  .addCommand(switching('on', 'Play there too.'))
  .addCommand(switching('off', 'Play there no more.'))
  .addCommand(volume)
  .addCommand(mute)
