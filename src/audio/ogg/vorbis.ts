// Vorbis in Ogg (Vorbis I specification, xiph.org): three headers, then sound that libvorbis decodes.

import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis'
import { cannotDecode } from '../decoder.ts'
import { interleaveStereo, vorbisOrder } from '../stereo.ts'
import { type OggCodec, type OggCodecKind, startsWith } from './codec.ts'

/** What the decoder's own memory for one packet takes; sound packets are far smaller. */
const largestPacketBytes = 128 * 1024

export const vorbis: OggCodecKind = {
  isMeant: (packet) => startsWith(packet, '\x01vorbis') && packet.length >= 30,
  headerCount: () => 3,
  open: openVorbis,
}

async function openVorbis([identification, , setup]: readonly Uint8Array[]): Promise<OggCodec> {
  if (identification === undefined || setup === undefined || !startsWith(setup, '\x05vorbis'))
    throw cannotDecode('its Vorbis headers make no sense')
  const view = new DataView(identification.buffer, identification.byteOffset, identification.byteLength)
  const channels = view.getUint8(11)
  const sampleRateHz = view.getUint32(12, true)
  if (channels < 1 || channels > 8 || sampleRateHz < 1000 || sampleRateHz > 768_000)
    throw cannotDecode('its Vorbis headers make no sense')
  if (setup.length > largestPacketBytes) throw cannotDecode('its Vorbis headers are too long')
  let decoder = new OggVorbisDecoder()
  await decoder.ready
  return {
    sampleRateHz,
    preSkipFrames: 0,
    leadInFrames: 0,
    async decode(packets) {
      // As the package's own parser hands pages over; headers are read from the first one only.
      const page = {
        data: identification,
        codecFrames: packets
          .filter(({ length }) => length <= largestPacketBytes)
          .map((data) => ({ data, header: { vorbisSetup: setup } })),
      }
      try {
        const { channelData, samplesDecoded } = await decoder.decodeOggPages([page as never])
        return interleaveStereo(channelData, samplesDecoded, vorbisOrder)
      } catch (cause) {
        throw cannotDecode('it is damaged', cause)
      }
    },
    async reset() {
      decoder.free()
      decoder = new OggVorbisDecoder()
      await decoder.ready
    },
    free: () => decoder.free(),
  }
}

/** Compiles the wasm module once per process. */
export async function warmVorbis(): Promise<void> {
  const decoder = new OggVorbisDecoder()
  await decoder.ready
  decoder.free()
}
