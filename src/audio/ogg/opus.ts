// Opus in Ogg (RFC 7845): two headers, then sound that libopus decodes, always at 48,000 Hz.

import { OpusDecoder } from 'opus-decoder'
import { cannotDecode } from '../decoder.ts'
import { interleaveStereo, vorbisOrder } from '../stereo.ts'
import { type OggCodec, type OggCodecKind, startsWith } from './codec.ts'

const sampleRateHz = 48_000
/** RFC 7845, 4.6, asks for 80 ms; three times as much brings the decoder's memory as near as floats go. */
const leadInFrames = 3 * 3840
/** Mapping families: mono or stereo; up to 8 channels in the order of Vorbis; others say no order. */
const stereoFamily = 0
const surroundFamily = 1

interface OpusHead {
  readonly channels: number
  readonly streamCount: number
  readonly coupledStreamCount: number
  readonly channelMappingTable: number[]
  readonly preSkipFrames: number
  /** A factor for every sample, from the header's gain (RFC 7845, 5.1); not ReplayGain's. */
  readonly gain: number
}

export const opus: OggCodecKind = {
  isMeant: (packet) => startsWith(packet, 'OpusHead') && packet.length >= 19,
  headerCount: () => 2,
  open: openOpus,
}

async function openOpus([first = new Uint8Array(0)]: readonly Uint8Array[]): Promise<OggCodec> {
  const { gain, preSkipFrames, ...shape } = readHead(first)
  const decoder = new OpusDecoder({ ...shape, sampleRate: sampleRateHz })
  await decoder.ready
  return {
    sampleRateHz,
    preSkipFrames,
    leadInFrames,
    async decode(packets) {
      const { channelData, samplesDecoded, errors } = decodeAll(decoder, packets)
      if (errors.length > 0) throw cannotDecode('it is damaged')
      const sound = interleaveStereo(channelData, samplesDecoded, vorbisOrder)
      return gain === 1 ? sound : sound.map((sample) => sample * gain)
    },
    reset: () => decoder.reset(),
    free: () => decoder.free(),
  }
}

function decodeAll(decoder: OpusDecoder<48_000>, packets: readonly Uint8Array[]) {
  try {
    return decoder.decodeFrames([...packets])
  } catch (cause) {
    throw cannotDecode('it is damaged', cause) // a packet longer than any can be
  }
}

function readHead(bytes: Uint8Array): OpusHead {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const channels = view.getUint8(9)
  const family = view.getUint8(18)
  const common = {
    channels,
    preSkipFrames: view.getUint16(10, true),
    gain: 10 ** (view.getInt16(16, true) / 256 / 20),
  }
  if (view.getUint8(8) >= 16) throw cannotDecode('its version of Opus is not understood')
  if (family === stereoFamily && (channels === 1 || channels === 2))
    return {
      ...common,
      streamCount: 1,
      coupledStreamCount: channels - 1,
      channelMappingTable: channels === 2 ? [0, 1] : [0],
    }
  const isSurround = family === surroundFamily && channels >= 1 && channels <= 8
  if (!isSurround || bytes.length < 21 + channels)
    throw cannotDecode(`its ${channels} channels of Opus are not understood`)
  const streamCount = view.getUint8(19)
  const coupledStreamCount = view.getUint8(20)
  const channelMappingTable = [...bytes.subarray(21, 21 + channels)]
  const decodedChannels = streamCount + coupledStreamCount
  const isPossible =
    streamCount >= 1 &&
    coupledStreamCount <= streamCount &&
    decodedChannels <= 16 &&
    // 255: a channel that is silent.
    channelMappingTable.every((from) => from === 255 || from < decodedChannels)
  if (!isPossible) throw cannotDecode('its Opus header makes no sense')
  return { ...common, streamCount, coupledStreamCount, channelMappingTable }
}

/** Compiles the wasm module once per process. */
export async function warmOpus(): Promise<void> {
  const decoder = new OpusDecoder()
  await decoder.ready
  decoder.free()
}
