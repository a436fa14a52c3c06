// Any format, by the system's ffmpeg: a process of its own per song, whose WAV (32-bit floats) we read from a pipe.
// It is told which format to read and may open no other file: a song must not name files or addresses to it.

import { cannotDecode, type Decoder } from '../decoder.ts'
import { interleaveStereo, mostChannels } from '../stereo.ts'
import { FfmpegProcess } from './ffmpeg-process.ts'
import { findFfmpeg } from './find-ffmpeg.ts'
import { readStreamHead, type StreamHead } from './stream-head.ts'

const framesPerRead = 8192
const sampleBytes = 4
/** Decoding and dropping so much takes a second; farther on, a place by time must do, some milliseconds beside. */
const mostDroppedSeconds = 1200

export interface FfmpegFile {
  readonly path: string
  /** ffmpeg's name for the container. */
  readonly demuxer: string
  /** Its times are exact to the sample, so that ffmpeg finds a place by them. */
  readonly isTimedExactly?: boolean | undefined
  /** As the container says; undefined: until it ends. */
  readonly lengthSeconds?: number | undefined
}

interface Place {
  readonly frame: number
  readonly seconds: number
}

/** CANNOT_DECODE when there is no ffmpeg, or it cannot read the file either. */
export async function openByFfmpeg(file: FfmpegFile): Promise<Decoder> {
  const program = findFfmpeg()
  if (program === undefined) throw cannotDecode('it needs ffmpeg, which is not installed')
  const start = async (place: Place): Promise<{ process: FfmpegProcess; head: StreamHead }> => {
    const process = new FfmpegProcess(program, argumentsFor(file, place))
    try {
      const head = await readStreamHead(process)
      const { channels, sampleRateHz } = head
      if (channels < 1 || channels > mostChannels) throw cannotDecode(`it has ${channels} channels`)
      if (sampleRateHz < 1000 || sampleRateHz > 768_000)
        throw cannotDecode(`its sample rate is ${sampleRateHz} Hz`)
      return { process, head }
    } catch (error) {
      process.end()
      throw error
    }
  }
  const first = await start({ frame: 0, seconds: 0 })
  const { sampleRateHz, channels, order } = first.head
  const lengthFrames =
    file.lengthSeconds === undefined ? undefined : Math.round(file.lengthSeconds * sampleRateHz)
  let process: FfmpegProcess | undefined = first.process
  let left = lengthFrames ?? Number.POSITIVE_INFINITY

  return {
    sampleRateHz,
    lengthFrames,
    async read() {
      const wanted = Math.min(framesPerRead, left)
      const bytes = wanted > 0 ? await process?.read(wanted * channels * sampleBytes) : undefined
      const frames = Math.floor((bytes?.length ?? 0) / (channels * sampleBytes))
      if (bytes === undefined || frames === 0) return undefined
      left -= frames
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      return interleaveStereo(planesOf(view, channels, frames), frames, order)
    },
    async seek(frame) {
      process?.end()
      process = undefined
      const target = Math.max(0, Math.round(frame))
      left = Math.max(0, (lengthFrames ?? Number.POSITIVE_INFINITY) - target)
      if (left === 0) return
      try {
        process = (await start({ frame: target, seconds: target / sampleRateHz })).process
      } catch (error) {
        // Behind the end nothing comes, not even a head.
        if (lengthFrames !== undefined) throw error
      }
    },
    async close() {
      process?.end()
    },
  }
}

function argumentsFor({ path, demuxer, isTimedExactly }: FfmpegFile, { frame, seconds }: Place): string[] {
  const isByTime = isTimedExactly || seconds > mostDroppedSeconds
  const from = frame > 0 && isByTime ? ['-ss', seconds.toFixed(6)] : []
  const drop = frame > 0 && !isByTime ? ['-af', `atrim=start_sample=${frame}`] : []
  const input = ['-protocol_whitelist', 'file', '-f', demuxer, '-i', `file:${path}`]
  const sound = ['-map', '0:a:0', ...drop, '-c:a', 'pcm_f32le', '-bitexact', '-f', 'wav', 'pipe:1']
  return ['-nostdin', '-v', 'error', ...from, ...input, ...sound]
}

function planesOf(view: DataView, channels: number, frames: number): Float32Array[] {
  return Array.from({ length: channels }, (_, channel) => {
    const plane = new Float32Array(frames)
    for (let frame = 0; frame < frames; frame += 1) {
      const sample = view.getFloat32((frame * channels + channel) * sampleBytes, true)
      plane[frame] = Number.isFinite(sample) ? sample : 0
    }
    return plane
  })
}
