// The music that plays: queue, play state, time, and the audio path in its thread. Declares what an Output is.
// Not here: outputs themselves (outputs/), file formats (audio/), what remotes ask for (host/).

export type { WorkerMessage } from './audio-thread/messages.ts'
export type { AudioPort } from './audio-thread/port.ts'
export type { PlayerOptions } from './core.ts'
export { absoluteVolume } from './loudness/loudness.ts'
export type { OutputChoice } from './loudness/speakers.ts'
export * from './output.ts'
export { openPlayer } from './player.ts'
export { serveAudio } from './serve-audio.ts'
export type * from './types.ts'
