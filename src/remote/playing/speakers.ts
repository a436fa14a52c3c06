// Where the sound goes: speakers on and off, each with a volume of its own.

import { KnownError } from '../../errors.ts'
import { child, children, type DmapContainer, hex64 } from '../../protocol/index.ts'
import { numberOr0, textOr } from '../talk/json.ts'
import { askOwn } from '../talk/own-api.ts'
import type { HostSession, Query } from '../talk/session.ts'
import type { CommandListener, CommandOptions } from './control.ts'
import { makeSlider, type Slider } from './slider.ts'

export interface Speaker {
  /** 16 hex digits: its MAC; all zeros for the host itself. */
  readonly id: string
  /** What one of our own hosts calls it itself: "system", "stream:5f02c1.mp3"; undefined elsewhere. */
  readonly outputId: string | undefined
  readonly name: string
  readonly isOn: boolean
  /** As one hears it: the master volume times its share. */
  readonly volumePercent: number
  /** Its share of the master volume, as the wire has it. */
  readonly relativeVolumePercent: number
  readonly needsPassword: boolean
  /** One sentence when something is wrong with it; only our own hosts say it, as the next. */
  readonly trouble: string | undefined
  /** How often its sound tore since the host started; undefined where the host does not count. */
  readonly underruns: number | undefined
}

export function choosingSpeakers(session: HostSession, afterCommand: CommandListener) {
  const speakers = async ({ signal }: CommandOptions = {}): Promise<readonly Speaker[]> => {
    if (session.facts.quirks.hasApi) return ownSpeakers(session, signal)
    const [volume, list] = await Promise.all([
      session.tree('getproperty', 'cmgt', {}, [['properties', 'dmcp.volume']], { signal }),
      session.tree('getspeakers', 'casp', {}, [], { signal }),
    ])
    const masterPercent = child(volume, 'cmvo') ?? 0
    return children(list, 'mdcl').map((item) => speakerOf(item, masterPercent))
  }

  async function setSpeakerVolume(id: string, percent: number, options: CommandOptions = {}): Promise<void> {
    const wanted = Math.min(100, Math.max(0, Math.round(percent)))
    const requests = session.facts.quirks.hasApi
      ? [absoluteRequest(id, wanted)] // one turn of the host, which keeps the others as they are by itself
      : volumeRequests(await speakers(options), id, wanted)
    for (const query of requests) await session.command('setproperty', query, options)
    afterCommand()
  }

  return {
    speakers,
    /** Exactly these are on afterwards. SPEAKER_PASSWORD when one of them wants one: then nothing changed. */
    async setSpeakers(ids: readonly string[], { signal }: CommandOptions = {}): Promise<void> {
      // 0 for the host itself, hex for the others: as Apple's Remote writes them.
      const list = ids.map((id) => (/^0*$/.test(id) ? '0' : `0x${id.replace(/^0+/, '')}`)).join(',')
      await session.command('setspeakers', [['speaker-id', list]], { signal, expects: [902] })
      afterCommand()
    },
    /** As loud as one hears it; the others stay as loud as they are, only the master moves when it must. */
    setSpeakerVolume,
    /** Silent, or as loud as before, and the others stay as they are; HOST_REFUSED on other hosts. */
    async toggleSpeakerMute({ outputId = '' }: Speaker, { signal }: CommandOptions = {}): Promise<void> {
      const call = { path: '/api/outputs/mute', key: 'playRevision', body: { outputId }, signal } as const
      await askOwn(session, 'muteOutput', 'POST', call)
      afterCommand()
    },
    /** For a control that is dragged. */
    speakerSlider: (id: string): Slider =>
      makeSlider((percent) => setSpeakerVolume(id, percent), session.clock),
  }
}

async function ownSpeakers(session: HostSession, signal: AbortSignal | undefined): Promise<Speaker[]> {
  const { outputs } = await askOwn(session, 'outputs', 'GET', {
    path: '/api/outputs',
    key: 'outputs',
    signal,
  })
  return outputs.map((output) => ({
    id: textOr(output.speakerId),
    outputId: textOr(output.id),
    name: textOr(output.name),
    isOn: output.isOn === true,
    volumePercent: numberOr0(output.volumePercent),
    relativeVolumePercent: numberOr0(output.relativeVolumePercent),
    needsPassword: false,
    trouble: textOr(output.trouble) || undefined,
    underruns: numberOr0(output.underruns),
  }))
}

function speakerOf(item: DmapContainer, masterPercent: number): Speaker {
  const relativeVolumePercent = child(item, 'cmvo') ?? 0
  return {
    id: hex64(child(item, 'msma') ?? 0n),
    outputId: undefined,
    name: child(item, 'minm') ?? '',
    isOn: (child(item, 'caia') ?? 0) !== 0,
    volumePercent: absoluteVolume(masterPercent, relativeVolumePercent),
    relativeVolumePercent,
    needsPassword: (child(item, 'cahp') ?? 0) !== 0,
    trouble: undefined,
    underruns: undefined,
  }
}

/** As OwnTone counts: cut, but exactly the master at 100. */
export function absoluteVolume(masterPercent: number, relativePercent: number): number {
  return relativePercent >= 100 ? masterPercent : Math.trunc((masterPercent * relativePercent) / 100)
}

/**
 * The one or two `setproperty` requests that make one speaker this loud and leave the others alone. The master
 * is the loudest active speaker; a `speaker-id` volume is relative to it, an `include-speaker-id` one absolute.
 *
 * Source  docs/protocol/dacp-control.md, section 8 (TunesRemote SpeakerControl.setSpeakerVolume).
 */
export function volumeRequests(speakers: readonly Speaker[], id: string, wantedPercent: number): Query[] {
  const speaker = speakers.find((candidate) => candidate.id === id)
  if (!speaker) throw new KnownError('NOT_FOUND', { speaker: id })
  const others = speakers.filter((other) => other.isOn && other.id !== id)
  const loudestOther = Math.max(0, ...others.map((other) => other.volumePercent))
  const masterPercent = Math.max(loudestOther, speaker.isOn ? speaker.volumePercent : 0)
  const absolute = (percent: number) => absoluteRequest(id, percent)
  const relativeTo = (master: number): Query => [
    // Upwards, since hosts cut when they count back: 100 * 20 / 70 as 29 gives 20 again, 28 would give 19.
    ['dmcp.volume', String(master === 0 ? 0 : Math.ceil((100 * wantedPercent) / master))],
    ['speaker-id', wireId(id)],
  ]

  const isLoudest = speaker.isOn && speaker.volumePercent >= loudestOther
  if (wantedPercent > masterPercent || isLoudest) {
    // Down past the others: first the master goes to the next loudest, then this one below it.
    if (wantedPercent < loudestOther) return [absolute(loudestOther), relativeTo(loudestOther)]
    return [absolute(wantedPercent)]
  }
  return [relativeTo(masterPercent)]
}

function absoluteRequest(id: string, percent: number): Query {
  return [
    ['dmcp.volume', String(percent)],
    ['include-speaker-id', wireId(id)],
  ]
}

function wireId(id: string): string {
  return BigInt(`0x${id}`).toString()
}
