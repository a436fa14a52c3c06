// Opus in Ogg (RFC 7845): libopus at 160 kbit/s, a page for every 20 ms.

import { randomInt } from 'node:crypto'
import { toWholeNumbers } from '../pcm/wav-header.ts'
import { type Encoder, joinedBytes } from './encoder.ts'
import { OggPages } from './ogg-pages.ts'
import { Regroup } from './regroup.ts'

const sampleRateHz = 48_000
/** Always: Chromium begins at 33 KB, which two seconds of quiet music at a rate that follows it would not reach. */
const bitsPerSecond = 160_000
/** Always exactly this many: libopus knows no others of this length. */
const packetFrames = 960
/** What libopus adds at the beginning at 48,000 Hz (OPUS_GET_LOOKAHEAD). */
const preSkipFrames = 312

export async function opusEncoder(): Promise<Encoder> {
  const { Encoder: Libopus } = await loadLibopus()
  const libopus = new Libopus({ channels: 2, sample_rate: sampleRateHz, application: 'audio' })
  libopus.bitrate = bitsPerSecond
  libopus.vbr = false
  const pages = new OggPages(randomInt(2 ** 32))
  const packets = new Regroup(packetFrames)
  let frames = 0

  function pageOf(group: Float32Array, endsAt?: number): Uint8Array {
    frames += packetFrames
    return pages.page(libopus.encode(toWholeNumbers(group, 16)), endsAt ?? frames, endsAt !== undefined)
  }

  return {
    sampleRateHz,
    header: joinedBytes([pages.page(head(), 0), pages.page(tags(), 0)]),
    encode(samples) {
      const made: Uint8Array[] = []
      packets.push(samples, (group) => made.push(pageOf(group)))
      return joinedBytes(made)
    },
    end() {
      // The last page's count cuts off what only fills it up.
      const endsAt = frames + packets.rest.length / 2 + preSkipFrames
      const last = new Float32Array(packetFrames * 2)
      last.set(packets.rest)
      if (endsAt <= frames + packetFrames) return pageOf(last, endsAt)
      return joinedBytes([pageOf(last), pageOf(new Float32Array(packetFrames * 2), endsAt)])
    },
  }
}

/** As WebAssembly: the native one takes the whole process with it when the thread that loaded it ends. */
function loadLibopus() {
  process.env['OPUS_FORCE_WASM'] = '1'
  return import('@evan/opus')
}

/** RFC 7845, section 5.1. */
function head(): Uint8Array {
  const bytes = new Uint8Array(19)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode('OpusHead'))
  bytes[8] = 1
  bytes[9] = 2
  view.setUint16(10, preSkipFrames, true)
  view.setUint32(12, sampleRateHz, true)
  return bytes
}

/** RFC 7845, section 5.2: who made it, and no comments. */
function tags(): Uint8Array {
  const vendor = new TextEncoder().encode('Tonearm')
  const bytes = new Uint8Array(8 + 4 + vendor.length + 4)
  bytes.set(new TextEncoder().encode('OpusTags'))
  new DataView(bytes.buffer).setUint32(8, vendor.length, true)
  bytes.set(vendor, 12)
  return bytes
}
