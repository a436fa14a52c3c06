// Sound by the prebuilt miniaudio addons (@audio/speaker-PLATFORM-ARCH), optional dependencies of ours.

import { createRequire } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import type { SinkKind } from './sink.ts'

/** As their native code has it (speaker.c). A handle is opaque. */
interface SpeakerAddon {
  open(sampleRateHz: number, channels: number, bits: number, bufferMs: number, isCapturing: boolean): object
  /** Frames taken; 0 when its buffer is full. Never waits. */
  writeSync(handle: object, bytes: Uint8Array): number
  /** True when its buffer is empty. */
  flush(handle: object): boolean
  close(handle: object): void
}

const bufferMs = 150 // rounded up to a power of two of frames: 186 ms at 44,100 Hz
const primeMs = 80
/** What device and sound server add, as a guess: the addon does not tell. */
const deviceMs = 20
const frameBytes = 4
const retryMs = 5

/** undefined when there is no addon for this machine. */
export function addonSink(): SinkKind | undefined {
  const addon = load()
  if (addon === undefined) return undefined
  return {
    latencyMs: primeMs + deviceMs,
    primeMs,
    async open(sampleRateHz) {
      const handle = addon.open(sampleRateHz, 2, 16, bufferMs, false)
      let isClosed = false
      return {
        async write(bytes) {
          let at = 0
          while (at < bytes.length) {
            if (isClosed) return
            const taken = addon.writeSync(handle, bytes.subarray(at)) * frameBytes
            at += taken
            if (taken === 0) await delay(retryMs)
          }
        },
        isDry: () => isClosed || addon.flush(handle),
        close() {
          if (isClosed) return
          isClosed = true
          addon.close(handle)
        },
      }
    },
  }
}

function load(): SpeakerAddon | undefined {
  try {
    const require = createRequire(import.meta.url) // a native module: no import knows it
    return require(`@audio/speaker-${process.platform}-${process.arch}`) as SpeakerAddon
  } catch {
    return undefined // not installed: another way is looked for
  }
}
