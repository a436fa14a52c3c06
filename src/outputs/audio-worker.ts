// The audio thread: started by the player (openPlayer), it decodes and feeds the outputs.

import { parentPort } from 'node:worker_threads'
import { systemClock } from '../clock.ts'
import type { Log } from '../log.ts'
import { serveAudio, type WorkerMessage } from '../player/index.ts'
import { setThreadPriority } from '../thread-priority.ts'
import { makeOutput } from './index.ts'

if (parentPort === null) throw new Error('audio-worker.ts is started by the player, in a thread of its own')
const port = parentPort
setThreadPriority('sound')

const say = (level: 'debug' | 'warn') => (message: string) =>
  port.postMessage({ kind: 'log', level, message } satisfies WorkerMessage)
const log: Log = {
  debug: say('debug'),
  info: say('debug'),
  warn: say('warn'),
  error: say('warn'),
  child: () => log,
}
// The wasm decoders print to the console what they also return as errors.
// oxlint-disable-next-line no-console -- replaced, not used
console.error = (...words: unknown[]) => log.debug(words.map(String).join(' '))

await serveAudio(port, (id) => makeOutput(id, { clock: systemClock, log }))
