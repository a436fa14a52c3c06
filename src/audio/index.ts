// Bytes to sound: container readers, decoders, resampler. Files go in, interleaved stereo comes out, or plain WAV.
// Not here: which song plays when (player/), where its sound goes (outputs/), what its tags say (library/).

export type { Decoder } from './decoder.ts'
export { findFfmpeg } from './ffmpeg/find-ffmpeg.ts'
export { decodesM4a } from './mp4/m4a-decoder.ts'
export { openDecoder, warmDecoders } from './open-decoder.ts'
export { toWholeNumbers, type WavShape, wavHeader, wavHeaderBytes } from './pcm/wav-header.ts'
export { resampled } from './resampled.ts'
export { Resampler } from './resampler.ts'
