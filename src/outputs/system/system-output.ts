// This machine's speakers, by the best driver there is.

import { setTimeout as delay } from 'node:timers/promises'
import { toWholeNumbers } from '../../audio/index.ts'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { type Output, type OutputHealth, perfectHealth } from '../../player/index.ts'
import { addonSink } from './addon-sink.ts'
import { gainOf, ramped } from './gain.ts'
import { hasSoundDevice } from './has-device.ts'
import { processSink } from './process-sink.ts'
import type { Sink, SinkKind } from './sink.ts'

const noDevice = 'This machine has no sound device, or no sound server is running.'
const noDriver = 'Sound on this machine needs pw-cat, paplay or aplay.'
/** What was written last is let sound to its end before the device is given back. */
const drainStepMs = 20
const longestDrainMs = 1000

export function systemOutput(clock: Clock): Output {
  const kind: SinkKind | undefined = addonSink() ?? processSink()
  let health: OutputHealth = perfectHealth
  let sampleRateHz = 44_100
  let sink: Sink | undefined
  let gain = 1
  let wantedGain = 1
  /** When the last block written has sounded. */
  let endMs = Number.NEGATIVE_INFINITY
  /** Raised by every write: a drain that was overtaken leaves the device open. */
  let writes = 0

  async function openSink(): Promise<Sink> {
    const reason = !hasSoundDevice() ? noDevice : noDriver
    if (kind === undefined || reason === noDevice) throw unwell(new KnownError('NO_OUTPUT', { reason }))
    try {
      const opened = await kind.open(sampleRateHz)
      health = { ...health, isWell: true, trouble: undefined }
      return opened
    } catch (cause) {
      throw unwell(new KnownError('NO_OUTPUT', { reason: 'The sound device cannot be opened.' }, cause))
    }
  }

  function unwell(error: KnownError): KnownError {
    health = { ...health, isWell: false, trouble: String(error.details['reason']) }
    return error
  }

  function closeSink(): void {
    sink?.close()
    sink = undefined
  }

  async function drain(): Promise<void> {
    const before = writes
    const deadlineMs = clock.nowMs() + longestDrainMs
    while (sink?.isDry() === false && clock.nowMs() < deadlineMs) await delay(drainStepMs)
    await delay(kind?.latencyMs ?? 0) // the device's own buffer
    if (before === writes) closeSink()
  }

  return {
    id: 'system',
    name: 'This computer',
    latencyMs: kind?.latencyMs ?? 0,
    async open(format) {
      if (sink !== undefined && format.sampleRateHz !== sampleRateHz) await drain()
      sampleRateHz = format.sampleRateHz
      // Tried now, so that a missing device is known before anybody presses play; held only while there is sound.
      if (sink === undefined) (await openSink()).close()
    },
    async write({ samples, atMs }) {
      writes += 1
      sink ??= await openSink()
      endMs = atMs + (samples.length / 2 / sampleRateHz) * 1000
      const from = gain
      gain = wantedGain
      try {
        if (sink.isDry()) await sink.write(silence(kind?.primeMs ?? 0, sampleRateHz))
        await sink?.write(toWholeNumbers(ramped(samples, from, gain), 16))
      } catch (cause) {
        closeSink()
        throw unwell(new KnownError('SPEAKER_LOST', { reason: 'The sound device went away.' }, cause))
      }
    },
    async flush(fromMs) {
      // Nothing of it was written: the rest may sound. Else at once, with the few ms of the block before.
      if (endMs <= fromMs) void drain()
      else closeSink()
    },
    async setVolume(percent) {
      wantedGain = gainOf(percent)
    },
    health: () => health,
    async close() {
      if (endMs > clock.nowMs()) closeSink()
      else await drain()
      closeSink()
    },
  }
}

function silence(ms: number, sampleRateHz: number): Uint8Array {
  return new Uint8Array(Math.round((ms / 1000) * sampleRateHz) * 4)
}
