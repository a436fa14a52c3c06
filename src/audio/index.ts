// Bytes to sound: container readers, decoders, resampler. Files go in, interleaved stereo comes out.
// Not here: which song plays when (player/), where its sound goes (outputs/), what its tags say (library/).

export type { Decoder } from './decoder.ts'
export { openDecoder, warmDecoders } from './open-decoder.ts'
export { Resampler } from './resampler.ts'
