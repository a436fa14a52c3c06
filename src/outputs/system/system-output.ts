// This machine's speakers, by the best driver there is.

import { setTimeout as delay } from 'node:timers/promises'
import { toWholeNumbers } from '../../audio/index.ts'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { type AudioBlock, type Output, type OutputHealth, perfectHealth } from '../../player/index.ts'
import { RateJoiner } from '../rate-joiner.ts'
import { addonSink } from './addon-sink.ts'
import { deviceRateFor } from './device-rate.ts'
import { hasSoundDevice } from './has-device.ts'
import { processSink } from './process-sink.ts'
import type { Sink, SinkKind } from './sink.ts'
import { VolumeRamp } from './volume-ramp.ts'

const noDevice = 'This machine has no sound device, or no sound server is running.'
const noDriver = 'Sound on this machine needs pw-cat, paplay or aplay.'
/** What was written last is let sound to its end before the device is given back. */
const drainStepMs = 20
const longestDrainMs = 1000
/** Blocks nearer than this follow each other; clocks count in fractions. */
const seamMs = 1

/** The device while it is held, at one rate. */
interface OpenDevice {
  readonly sink: Sink
  readonly rateHz: number
  readonly joiner: RateJoiner
}

export interface SystemOutputOptions {
  readonly clock: Clock
  /** Tests bring their own driver, and a device with it. */
  readonly kind?: SinkKind
}

export function systemOutput({ clock, kind: given }: SystemOutputOptions): Output {
  const kind = given ?? addonSink() ?? processSink()
  const volume = new VolumeRamp()
  let health: OutputHealth = perfectHealth
  let songRateHz = 44_100
  let device: OpenDevice | undefined
  /** It sounds up to a moment that is near, and is given back then. */
  let isCut = false
  /** When the last block written has sounded. */
  let endMs = Number.NEGATIVE_INFINITY
  /** Raised by every write: a drain that was overtaken leaves the device open. */
  let writes = 0

  async function openDevice(): Promise<OpenDevice> {
    const reason = given === undefined && !hasSoundDevice() ? noDevice : noDriver
    if (kind === undefined || reason === noDevice) throw unwell(new KnownError('NO_OUTPUT', { reason }))
    try {
      const rateHz = deviceRateFor(songRateHz)
      const sink = await kind.open(rateHz)
      health = { ...health, isWell: true, trouble: undefined }
      volume.jump()
      return { sink, rateHz, joiner: new RateJoiner(rateHz) }
    } catch (cause) {
      throw unwell(new KnownError('NO_OUTPUT', { reason: 'The sound device cannot be opened.' }, cause))
    }
  }

  function unwell(error: KnownError): KnownError {
    health = { ...health, isWell: false, trouble: String(error.details['reason']) }
    return error
  }

  function closeDevice(): void {
    device?.sink.close()
    device = undefined
    isCut = false
  }

  async function send({ sink, rateHz }: OpenDevice, samples: Float32Array): Promise<void> {
    if (samples.length > 0) await sink.write(toWholeNumbers(volume.applied(samples, rateHz), 16))
  }

  async function prime({ sink, rateHz }: OpenDevice, block: AudioBlock): Promise<void> {
    if (!sink.isDry()) return
    // What should have followed came too late: the device had nothing left.
    if (Math.abs(block.atMs - endMs) < seamMs) health = { ...health, underruns: health.underruns + 1 }
    await sink.write(silence(kind?.primeMs ?? 0, rateHz))
  }

  async function drain(): Promise<void> {
    const before = writes
    const deadlineMs = clock.nowMs() + longestDrainMs
    if (device !== undefined) await send(device, device.joiner.end()).catch(() => {}) // gone: closed below
    while (device?.sink.isDry() === false && clock.nowMs() < deadlineMs) await delay(drainStepMs)
    await delay(kind?.latencyMs ?? 0) // the device's own buffer
    if (before === writes) closeDevice()
  }

  /** The block that sounds now is heard to its end; what was written behind it is not. */
  async function cutAt(fromMs: number): Promise<void> {
    const before = writes
    isCut = true
    await clock.until(fromMs)
    if (isCut && before === writes) closeDevice()
  }

  return {
    id: 'system',
    name: 'This computer',
    latencyMs: kind?.latencyMs ?? 0,
    async open(format) {
      songRateHz = format.sampleRateHz
      // Tried now, so that a missing device is known before anybody presses play; held only while there is sound.
      if (device === undefined) (await openDevice()).sink.close()
    },
    async write(block) {
      writes += 1
      if (isCut) closeDevice()
      device ??= await openDevice()
      const { joiner } = device
      try {
        await prime(device, block)
        endMs = block.atMs + (block.samples.length / 2 / songRateHz) * 1000
        await send(device, joiner.push(block.samples, songRateHz))
      } catch (cause) {
        closeDevice()
        throw unwell(new KnownError('SPEAKER_LOST', { reason: 'The sound device went away.' }, cause))
      }
    },
    async flush(fromMs) {
      // Nothing of it was written: the rest may sound.
      if (endMs <= fromMs) void drain()
      else if (fromMs > clock.nowMs()) void cutAt(fromMs)
      else closeDevice()
    },
    async setVolume(percent) {
      volume.set(percent)
    },
    health: () => health,
    async close() {
      if (endMs > clock.nowMs()) closeDevice()
      else await drain()
      closeDevice()
    },
  }
}

function silence(ms: number, sampleRateHz: number): Uint8Array {
  return new Uint8Array(Math.round((ms / 1000) * sampleRateHz) * 4)
}
