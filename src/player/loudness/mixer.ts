// The outputs that are on and how loud each is, as the audio thread must know it.

import { KnownError } from '../../errors.ts'
import type { AudioLink } from '../audio-thread/link.ts'
import type { GuestOutput } from '../types.ts'
import { absoluteVolume, type LoudnessBeforeMute, planLoudness } from './loudness.ts'
import type { Speakers } from './speakers.ts'
import * as speakers from './speakers.ts'

/** Commands change the numbers at once, or throw; what they answer resolves when the audio thread has heard of it. */
export class Mixer {
  readonly #link: AudioLink
  #speakers: Speakers
  #volumePercent: number
  #beforeMute: LoudnessBeforeMute
  /** From 1 down to 0 while the music fades out. */
  #fade = 1

  constructor(link: AudioLink, first: Speakers, volumePercent: number, beforeMute: LoudnessBeforeMute) {
    this.#link = link
    this.#speakers = first
    this.#volumePercent = volumePercent
    this.#beforeMute = beforeMute
  }

  get speakers(): Speakers {
    return this.#speakers
  }

  get volumePercent(): number {
    return this.#volumePercent
  }

  get beforeMute(): LoudnessBeforeMute {
    return this.#beforeMute
  }

  get areAllInTrouble(): boolean {
    return speakers.areAllInTrouble(this.#speakers)
  }

  /** `ownId`: the output that has it already. */
  setVolume(percent: number, ownId?: string): Promise<void> {
    this.#volumePercent = speakers.wholePercent(percent)
    this.#beforeMute = { outputs: this.#beforeMute.outputs }
    return this.#send('volumes', ownId)
  }

  /** While muted a step counts from the loudness before. */
  changeVolume(byPercent: number, id?: string): Promise<void> {
    if (id === undefined) return this.setVolume((this.#beforeMute.master ?? this.#volumePercent) + byPercent)
    const { relativeVolumePercent } = speakers.needSpeaker(this.#speakers, id)
    const relative = this.#beforeMute.outputs[id] ?? relativeVolumePercent
    return this.setLoudness(id, absoluteVolume(this.#volumePercent, relative) + byPercent)
  }

  toggleMute(id?: string): Promise<void> {
    if (id !== undefined) return this.#toggleMuteOf(id)
    const before = this.#beforeMute.master
    if (before !== undefined) return this.setVolume(before)
    const { outputs } = this.#beforeMute
    this.#beforeMute = { master: this.#volumePercent, outputs }
    this.#volumePercent = 0
    return this.#send('volumes')
  }

  setOutputVolume(id: string, relativePercent: number): Promise<void> {
    this.#speakers = speakers.withVolume(this.#speakers, id, relativePercent)
    this.#forgetMuteOf([id])
    return this.#send('volumes')
  }

  /** How loud one is, whatever the master; the others stay as loud as they are. `isItsOwn`: it says so itself. */
  setLoudness(id: string, percent: number, isItsOwn = false): Promise<void> {
    speakers.needSpeaker(this.#speakers, id)
    const plan = planLoudness(this.#volumePercent, this.#speakers, id, speakers.wholePercent(percent))
    for (const [name, relative] of plan.relative)
      this.#speakers = speakers.withVolume(this.#speakers, name, relative)
    this.#forgetMuteOf([id])
    return this.setVolume(plan.masterPercent, isItsOwn ? id : undefined)
  }

  setOutputs(ids: readonly string[]): Promise<void> {
    this.#speakers = speakers.switched(this.#speakers, ids)
    return this.#send('outputs')
  }

  async addGuest(guest: GuestOutput): Promise<void> {
    this.#speakers = speakers.withGuest(this.#speakers, guest)
    await this.#send('outputs')
  }

  async removeGuest(id: string): Promise<void> {
    this.#speakers = speakers.withoutGuest(this.#speakers, id)
    this.#forgetMuteOf([id])
    await this.#send('outputs')
  }

  /** Quieter for now, whatever the volumes are: 1 is as they are. */
  async fade(level: number): Promise<void> {
    if (level === this.#fade) return
    this.#fade = level
    await this.#send('volumes')
  }

  /** Told at start; later the link itself tells a new thread. */
  sendOutputs(): Promise<void> {
    return this.#send('outputs')
  }

  setTrouble(id: string, trouble: string | undefined): void {
    this.#speakers = speakers.withTrouble(this.#speakers, id, trouble)
  }

  addUnderruns(id: string, count: number): void {
    this.#speakers = speakers.withUnderruns(this.#speakers, id, count)
  }

  #toggleMuteOf(id: string): Promise<void> {
    const { relativeVolumePercent } = speakers.needSpeaker(this.#speakers, id)
    // Silent without a mute: there is no loudness to go back to but the full one.
    if (relativeVolumePercent === 0) return this.setOutputVolume(id, this.#beforeMute.outputs[id] ?? 100)
    const heard = this.setOutputVolume(id, 0)
    const { outputs } = this.#beforeMute
    this.#beforeMute = { ...this.#beforeMute, outputs: { ...outputs, [id]: relativeVolumePercent } }
    return heard
  }

  #forgetMuteOf(ids: readonly string[]): void {
    const outputs = Object.entries(this.#beforeMute.outputs).filter(([id]) => !ids.includes(id))
    this.#beforeMute = { ...this.#beforeMute, outputs: Object.fromEntries(outputs) }
  }

  async #send(name: 'outputs' | 'volumes', ownId?: string): Promise<void> {
    const outputs = speakers
      .settingsOf(this.#speakers, this.#volumePercent * this.#fade)
      .map((setting) => (setting.id === ownId ? Object.assign(setting, { isItsOwn: true }) : setting))
    try {
      await this.#link.ask(name, { outputs })
    } catch (error) {
      // Without an audio thread the choice still counts; "play" says what is wrong.
      if (!(error instanceof KnownError)) throw error
    }
  }
}
