// Bytes to sound and back: container readers, decoders, resampler, encoders. Files go in, interleaved stereo comes out;
// and for listeners stereo goes in, MP3, FLAC, Opus or WAV comes out.
// Not here: which song plays when (player/), where its sound goes (outputs/), what its tags say (library/).

export type { Decoder } from './decoder.ts'
export type { Encoder } from './encode/encoder.ts'
export { type EncodedFormat, encodedFormats, openEncoder } from './encode/open-encoder.ts'
export { findFfmpeg } from './ffmpeg/find-ffmpeg.ts'
export { decodesM4a } from './mp4/m4a-decoder.ts'
export { openDecoder, warmDecoders } from './open-decoder.ts'
export { toWholeNumbers, type WavShape, wavHeader, wavHeaderBytes } from './pcm/wav-header.ts'
export { resampled } from './resampled.ts'
export { Resampler } from './resampler.ts'
