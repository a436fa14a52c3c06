// FLAC in Ogg (RFC 9639, 10.1): the first packet holds STREAMINFO, every packet of sound is one FLAC frame.

import { FLACDecoder } from '@wasm-audio-decoders/flac'
import { cannotDecode } from '../decoder.ts'
import { exact } from '../flac/exact.ts'
import { interleaveStereo } from '../stereo.ts'
import { type OggCodec, type OggCodecKind, startsWith } from './codec.ts'

/** In the first packet: how many headers follow it, 0 when nobody knows; where STREAMINFO tells the rate. */
const headersAt = 7
const rateAt = 27

export const oggFlac: OggCodecKind = {
  isMeant: (packet) => startsWith(packet, '\x7fFLAC') && packet.length >= 51,
  headerCount: (packet) => 1 + Math.max(1, ((packet[headersAt] ?? 0) << 8) | (packet[headersAt + 1] ?? 0)),
  open: openOggFlac,
}

async function openOggFlac([first = new Uint8Array(0)]: readonly Uint8Array[]): Promise<OggCodec> {
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength)
  const sampleRateHz = view.getUint32(rateAt) >>> 12
  if (sampleRateHz < 1000) throw cannotDecode(`its sample rate is ${sampleRateHz} Hz`)
  let decoder = new FLACDecoder()
  await decoder.ready
  return {
    sampleRateHz,
    preSkipFrames: 0,
    leadInFrames: 0,
    async decode(packets) {
      const { channelData, samplesDecoded, bitDepth, errors } = await decoder.decodeFrames([...packets])
      if (errors.length > 0) throw cannotDecode('it is damaged')
      return interleaveStereo(
        channelData.map((plane) => exact(plane, bitDepth)),
        samplesDecoded,
      )
    },
    async reset() {
      // A new one: libFLAC counts frames and takes a jump for a missing frame.
      decoder.free()
      decoder = new FLACDecoder()
      await decoder.ready
    },
    free: () => decoder.free(),
  }
}
