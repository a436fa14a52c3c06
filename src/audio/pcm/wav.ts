// WAV: RIFF chunks, little endian. Source: Microsoft, "Multiple channel audio data and WAVE files"; EBU Tech 3306 (RF64).

import type { ByteSource } from '../byte-source.ts'
import { cannotDecode, type Decoder } from '../decoder.ts'
import { type ChannelOrder, orderOfMask } from '../stereo.ts'
import { chunks } from './chunks.ts'
import { pcmDecoder } from './pcm-decoder.ts'
import type { SampleKind } from './samples.ts'

const formatPcm = 1
const formatFloat = 3
/** The real format number is the start of a GUID further on. */
const formatExtensible = 0xfffe

const kinds: Readonly<Record<string, SampleKind>> = {
  [`${formatPcm}/8`]: 'u8',
  [`${formatPcm}/16`]: 's16le',
  [`${formatPcm}/24`]: 's24le',
  [`${formatPcm}/32`]: 's32le',
  [`${formatFloat}/32`]: 'f32le',
  [`${formatFloat}/64`]: 'f64le',
}

interface WavFormat {
  readonly kind: SampleKind
  readonly channels: number
  readonly order: ChannelOrder
  readonly sampleRateHz: number
}

export async function openWav(source: ByteSource): Promise<Decoder> {
  let format: WavFormat | undefined
  let longBytes: number | undefined
  for await (const { name, offset, sizeBytes } of chunks(source, 12, 'little')) {
    if (name === 'fmt ') format = readFormat(await source.read(offset, Math.min(sizeBytes, 40)))
    if (name === 'ds64') longBytes = readLongSize(await source.read(offset, 16))
    if (name !== 'data') continue
    if (format === undefined) throw cannotDecode('its format is not told before its sound')
    // 0 and 0xFFFFFFFF: told in 64 bits (RF64), or by a program that could not go back: then it goes to the end.
    const isOpen = sizeBytes === 0 || sizeBytes === 0xffffffff
    const dataBytes = isOpen ? (longBytes ?? source.sizeBytes - offset) : sizeBytes
    return pcmDecoder(source, { ...format, dataOffset: offset, dataBytes })
  }
  throw cannotDecode('there is no sound in it')
}

/** RF64's chunk of sizes: of the file, then of the sound; 0 when it could not be told either. */
function readLongSize(bytes: Uint8Array): number | undefined {
  if (bytes.length < 16) return undefined
  const sizeBytes = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(8, true))
  return sizeBytes === 0 ? undefined : sizeBytes
}

function readFormat(bytes: Uint8Array): WavFormat {
  if (bytes.length < 16) throw cannotDecode('its format is cut off')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const tag = view.getUint16(0, true)
  const isExtensible = tag === formatExtensible && bytes.length >= 26
  const format = isExtensible ? view.getUint16(24, true) : tag
  // The container's width counts: 20-bit sound lies in 24 bits, at the top.
  const channels = view.getUint16(2, true)
  const containerBits = channels > 0 ? (view.getUint16(12, true) / channels) * 8 : 0
  const kind = kinds[`${format}/${containerBits}`]
  if (kind === undefined)
    throw cannotDecode(`WAV format ${format} with ${containerBits} bits is not understood`)
  const order = orderOfMask(isExtensible ? view.getUint32(20, true) : 0, channels)
  return { kind, channels, order, sampleRateHz: view.getUint32(4, true) }
}
