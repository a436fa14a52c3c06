// The door of the audio thread: what decodes and times the sound is loaded there, and nowhere else.

import type { AudioPort } from './audio-thread/port.ts'
import type { Output } from './output.ts'

/** Answers requests on `port` for the life of the thread; what comes before it is loaded waits there. */
export async function serveAudio(port: AudioPort, makeOutput: (id: string) => Output): Promise<void> {
  const audioThread = await import('./audio-thread/port.ts')
  audioThread.serveAudio(port, makeOutput)
}
