// M4A: we read the container, an optional package decodes AAC and Apple Lossless.
// It is GPL, so it is loaded at run time where somebody installed it, and never part of ours.

import type { ByteSource } from '../byte-source.ts'
import { cannotDecode, type Decoder } from '../decoder.ts'
import { aacOrder, alacOrder, interleaveStereo } from '../stereo.ts'
import { readSoundTrack, type SoundTrack } from './track.ts'

type DecoderPackage = typeof import('@audio/decode-aac')
type UnitDecoder = Awaited<ReturnType<DecoderPackage['decoder']>>

const samplesPerAacUnit = 1024
/** Before the wanted unit, so that overlap and prediction have settled. */
const leadInUnits = 4
const fewUnits = 3
const manyUnits = 16
/** With SBR the output is late by this much (Apple's HE-AAC against its source). */
const sbrDelaySamples = 962

const coreRates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
]

/** undefined when it is not installed. */
async function loadPackage(): Promise<DecoderPackage | undefined> {
  try {
    return await import('@audio/decode-aac')
  } catch {
    return undefined
  }
}

/** Whether M4A can be decoded at all on this machine. */
export function decodesM4a(): boolean {
  try {
    import.meta.resolve('@audio/decode-aac')
    return true
  } catch {
    return false
  }
}

export async function warmM4a(): Promise<void> {
  const aac = await loadPackage()
  // AAC-LC, 44,100 Hz, stereo.
  const decoder = await aac?.decoder({ asc: Uint8Array.of(0x12, 0x10) })
  decoder?.free()
}

export async function openM4a(source: ByteSource): Promise<Decoder> {
  const track = await readSoundTrack(source)
  const aac = await loadPackage()
  if (aac === undefined)
    throw cannotDecode('M4A needs the optional package @audio/decode-aac or ffmpeg, and neither is installed')
  const media = track.codec === 'alac' ? alacMedia(track) : await aacMedia(aac, track)
  return new M4aDecoder(source, track, media, () => unitDecoder(aac, track))
}

/** How long the sound is, as the container says: encoders add silence that other decoders leave in. */
export async function soundSeconds(source: ByteSource): Promise<number | undefined> {
  return (await readSoundTrack(source)).lengthSeconds
}

function unitDecoder(aac: DecoderPackage, { codec, setup }: SoundTrack): Promise<UnitDecoder> {
  return aac.decoder(codec === 'alac' ? { alac: setup } : { asc: setup })
}

/** The media as decoded from its first unit on. */
interface Media {
  readonly sampleRateHz: number
  readonly samplesPerUnit: number
  /** The first sample that comes out is this one of the media. */
  readonly firstSample: number
  readonly leadInUnits: number
}

function alacMedia({ setup }: SoundTrack): Media {
  const view = new DataView(setup.buffer, setup.byteOffset, setup.byteLength)
  const samplesPerUnit = view.getUint32(0)
  const sampleRateHz = view.getUint32(20)
  if (samplesPerUnit < 1 || samplesPerUnit > 65_536 || sampleRateHz < 1000 || sampleRateHz > 768_000)
    throw cannotDecode('its Apple Lossless setup makes no sense')
  return { sampleRateHz, samplesPerUnit, firstSample: 0, leadInUnits: 0 }
}

async function aacMedia(aac: DecoderPackage, track: SoundTrack): Promise<Media> {
  // Only the decoder knows whether spectral band replication doubles the rate.
  const decoder = (await unitDecoder(aac, track)) as UnitDecoder & { sr?: number }
  const sampleRateHz = decoder.sr ?? 0
  decoder.free()
  if (sampleRateHz < 1000) throw cannotDecode('its AAC setup makes no sense')
  const [b0 = 0, b1 = 0] = track.setup
  const coreRateHz = coreRates[((b0 & 7) << 1) | (b1 >> 7)] ?? sampleRateHz
  const isDoubled = sampleRateHz > coreRateHz * 1.5
  const samplesPerUnit = samplesPerAacUnit * (isDoubled ? 2 : 1)
  // The first unit only prepares the second: nothing comes out for it.
  return {
    sampleRateHz,
    samplesPerUnit,
    firstSample: samplesPerUnit - (isDoubled ? sbrDelaySamples : 0),
    leadInUnits,
  }
}

class M4aDecoder implements Decoder {
  readonly sampleRateHz: number
  readonly lengthFrames: number | undefined
  readonly #source: ByteSource
  readonly #track: SoundTrack
  readonly #media: Media
  readonly #make: () => Promise<UnitDecoder>
  readonly #startSample: number
  #decoder: UnitDecoder | undefined
  #nextUnit = 0
  #batch = fewUnits
  /** Decoded samples to drop, then those that may still be handed out. */
  #drop: number
  #left: number

  constructor(source: ByteSource, track: SoundTrack, media: Media, make: () => Promise<UnitDecoder>) {
    this.#source = source
    this.#track = track
    this.#media = media
    this.#make = make
    this.sampleRateHz = media.sampleRateHz
    this.#startSample = Math.round(track.startSeconds * media.sampleRateHz)
    this.lengthFrames =
      track.lengthSeconds === undefined ? undefined : Math.round(track.lengthSeconds * media.sampleRateHz)
    this.#drop = Math.max(0, this.#startSample - media.firstSample)
    this.#left = this.lengthFrames ?? Number.POSITIVE_INFINITY
  }

  async read(): Promise<Float32Array | undefined> {
    while (this.#left > 0) {
      const decoded = await this.#feed()
      if (decoded === undefined) return this.#finish()
      const frames = decoded.length / 2
      const from = Math.min(this.#drop, frames)
      const to = Math.min(frames, from + this.#left)
      this.#drop -= from
      if (to === from) continue
      this.#left -= to - from
      return decoded.subarray(from * 2, to * 2)
    }
    return undefined
  }

  async seek(frame: number): Promise<void> {
    const target = Math.max(0, Math.min(Math.round(frame), this.lengthFrames ?? Number.MAX_SAFE_INTEGER))
    const { samplesPerUnit, firstSample } = this.#media
    const sample = this.#startSample + target
    const unit = Math.floor(Math.max(0, sample - firstSample) / samplesPerUnit) - this.#media.leadInUnits
    this.#nextUnit = Math.max(0, unit)
    this.#drop = Math.max(0, sample - firstSample - this.#nextUnit * samplesPerUnit)
    this.#left = (this.lengthFrames ?? Number.POSITIVE_INFINITY) - target
    this.#batch = this.#media.leadInUnits + fewUnits
    this.#decoder?.free()
    this.#decoder = undefined
  }

  async close(): Promise<void> {
    this.#decoder?.free()
    await this.#source.close()
  }

  async #feed(): Promise<Float32Array | undefined> {
    const { units } = this.#track
    const pieces: Uint8Array[] = []
    while (pieces.length < this.#batch && this.#nextUnit < units.count) {
      const { offset, sizeBytes } = units.place(this.#nextUnit)
      const bytes = await this.#source.read(offset, sizeBytes)
      if (bytes.length < sizeBytes) throw cannotDecode('the file ends too early')
      pieces.push(bytes)
      this.#nextUnit += 1
    }
    this.#batch = manyUnits
    if (pieces.length === 0) return undefined
    this.#decoder ??= await this.#make()
    let decoded: ReturnType<UnitDecoder['decode']> & { errors?: number }
    try {
      decoded = this.#decoder.decode(pieces)
    } catch (cause) {
      throw cannotDecode('it is damaged', cause)
    }
    const planes = decoded.channelData
    // The first unit of AAC gives nothing and counts as an error of its own; more of them are damage.
    if ((decoded.errors ?? 0) > 1) throw cannotDecode('it is damaged')
    return interleaveStereo(
      planes,
      planes[0]?.length ?? 0,
      this.#track.codec === 'alac' ? alacOrder : aacOrder,
    )
  }

  /** The promised length, when the last samples stayed in the decoder. */
  #finish(): Float32Array | undefined {
    const missing = this.#left
    this.#left = 0
    if (!Number.isFinite(missing) || missing <= 0) return undefined
    if (missing > 2 * this.#media.samplesPerUnit) throw cannotDecode('the file ends too early')
    return new Float32Array(missing * 2)
  }
}
