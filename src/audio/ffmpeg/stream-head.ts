// What ffmpeg says before the samples: the head of a WAV that has no end yet.

import { cannotDecode } from '../decoder.ts'
import { type ChannelOrder, orderOfMask } from '../stereo.ts'
import type { FfmpegProcess } from './ffmpeg-process.ts'

export interface StreamHead {
  readonly channels: number
  readonly sampleRateHz: number
  readonly order: ChannelOrder
}

const largestChunkBytes = 4096
const formatExtensible = 0xfffe

export async function readStreamHead(process: FfmpegProcess): Promise<StreamHead> {
  await need(process, 12) // RIFF, size, WAVE
  let head: StreamHead | undefined
  for (let chunks = 0; chunks < 8; chunks += 1) {
    const view = await need(process, 8)
    const name = String.fromCharCode(...[0, 1, 2, 3].map((at) => view.getUint8(at)))
    if (name === 'data') {
      if (head === undefined) break
      return head
    }
    const content = await need(process, Math.min(view.getUint32(4, true), largestChunkBytes))
    if (name === 'fmt ' && content.byteLength >= 16) head = readFormat(content)
  }
  throw cannotDecode('ffmpeg answers in a way that is not understood')
}

function readFormat(view: DataView): StreamHead {
  const isExtensible = view.getUint16(0, true) === formatExtensible && view.byteLength >= 24
  const channels = view.getUint16(2, true)
  const order = orderOfMask(isExtensible ? view.getUint32(20, true) : 0, channels)
  return { channels, sampleRateHz: view.getUint32(4, true), order }
}

async function need(process: FfmpegProcess, length: number): Promise<DataView> {
  const bytes = await process.read(length)
  if (bytes === undefined || bytes.length < length) throw cannotDecode(`ffmpeg says: ${process.complaint}`)
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
