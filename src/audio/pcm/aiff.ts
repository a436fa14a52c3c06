// AIFF and AIFF-C: IFF chunks, big endian. Source: Apple, "Audio Interchange File Format AIFF-C" (1991).

import type { ByteSource } from '../byte-source.ts'
import { cannotDecode, type Decoder } from '../decoder.ts'
import { type Chunk, chunks } from './chunks.ts'
import { pcmDecoder } from './pcm-decoder.ts'
import type { SampleKind } from './samples.ts'

interface Common {
  readonly kind: SampleKind
  readonly channels: number
  readonly sampleRateHz: number
}

/** By compression type, then bits; '' is plain AIFF. */
const kinds: Readonly<Record<string, SampleKind>> = {
  'NONE/8': 's8',
  'NONE/16': 's16be',
  'NONE/24': 's24be',
  'NONE/32': 's32be',
  'twos/8': 's8',
  'twos/16': 's16be',
  'twos/24': 's24be',
  'sowt/16': 's16le',
  'sowt/24': 's24le',
  'sowt/32': 's32le',
  'in24/24': 's24be',
  'in32/32': 's32be',
  'raw /8': 'u8',
  'fl32/32': 'f32be',
  'FL32/32': 'f32be',
  'fl64/64': 'f64be',
  'FL64/64': 'f64be',
}

export async function openAiff(source: ByteSource): Promise<Decoder> {
  // The two chunks may come in any order.
  let common: Common | undefined
  let sound: Chunk | undefined
  for await (const chunk of chunks(source, 12, 'big')) {
    if (chunk.name === 'COMM')
      common = readCommon(await source.read(chunk.offset, Math.min(chunk.sizeBytes, 64)))
    if (chunk.name === 'SSND') sound = chunk
    if (common !== undefined && sound !== undefined) break
  }
  if (common === undefined) throw cannotDecode('its format is missing')
  if (sound === undefined) throw cannotDecode('there is no sound in it')
  const head = await source.read(sound.offset, 4)
  if (head.length < 4) throw cannotDecode('its sound is cut off')
  const skipBytes = 8 + new DataView(head.buffer, head.byteOffset).getUint32(0)
  return pcmDecoder(source, {
    ...common,
    dataOffset: sound.offset + skipBytes,
    dataBytes: sound.sizeBytes - skipBytes,
  })
}

function readCommon(bytes: Uint8Array): Common {
  if (bytes.length < 18) throw cannotDecode('its format is cut off')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const compression = bytes.length >= 22 ? String.fromCharCode(...bytes.subarray(18, 22)) : 'NONE'
  // Widths between bytes lie in the next whole byte, at the top.
  const bits = Math.ceil(view.getUint16(6) / 8) * 8
  const kind = kinds[`${compression}/${bits}`]
  if (kind === undefined)
    throw cannotDecode(`AIFF sound of type ${compression} with ${bits} bits is not understood`)
  return { kind, channels: view.getUint16(0), sampleRateHz: readExtended(view, 8) }
}

/** An 80-bit IEEE 754 number, of which AIFF uses whole positive ones only. */
function readExtended(view: DataView, offset: number): number {
  const exponent = (view.getUint16(offset) & 0x7fff) - 16383
  const mantissa = view.getUint32(offset + 2) * 2 ** 32 + view.getUint32(offset + 6)
  return Math.round(mantissa * 2 ** (exponent - 63))
}
