// The outputs that are on and how loud each is, as the audio thread must know it.

import { KnownError } from '../errors.ts'
import type { AudioLink } from './audio-link.ts'
import type { Speakers } from './speakers.ts'
import * as speakers from './speakers.ts'

export class Mixer {
  readonly #link: AudioLink
  #speakers: Speakers
  #volumePercent: number

  constructor(link: AudioLink, first: Speakers, volumePercent: number) {
    this.#link = link
    this.#speakers = first
    this.#volumePercent = volumePercent
  }

  get speakers(): Speakers {
    return this.#speakers
  }

  get volumePercent(): number {
    return this.#volumePercent
  }

  get areAllInTrouble(): boolean {
    return speakers.areAllInTrouble(this.#speakers)
  }

  async setVolume(percent: number): Promise<void> {
    this.#volumePercent = speakers.wholePercent(percent)
    await this.#send('volumes')
  }

  async setOutputVolume(id: string, relativePercent: number): Promise<void> {
    this.#speakers = speakers.withVolume(this.#speakers, id, relativePercent)
    await this.#send('volumes')
  }

  async setOutputs(ids: readonly string[]): Promise<void> {
    this.#speakers = speakers.switched(this.#speakers, ids)
    await this.#send('outputs')
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

  async #send(name: 'outputs' | 'volumes'): Promise<void> {
    const outputs = speakers.settingsOf(this.#speakers, this.#volumePercent)
    try {
      await this.#link.ask(name, { outputs })
    } catch (error) {
      // Without an audio thread the choice still counts; "play" says what is wrong.
      if (!(error instanceof KnownError)) throw error
    }
  }
}
