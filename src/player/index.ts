// The music that plays: queue, play state, time, and the audio path in its thread. Declares what an Output is.
// Not here: outputs themselves (outputs/), file formats (audio/), what remotes ask for (host/).

export type { WorkerMessage } from './audio-messages.ts'
export { type AudioPort, serveAudio } from './audio-port.ts'
export type { PlayerOptions } from './core.ts'
export { absoluteVolume } from './loudness.ts'
export * from './output.ts'
export { openPlayer } from './player.ts'
export type { OutputChoice } from './speakers.ts'
export type * from './types.ts'
