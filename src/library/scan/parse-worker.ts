// A thread that reads tags: gets lists of files, answers with what is in them.

import { parentPort, workerData } from 'node:worker_threads'
import { setThreadPriority } from '../../thread-priority.ts'
import type { WalkedFile } from './messages.ts'
import { readMusicFile } from './read-file.ts'
import { keepTagMaps } from './tag-maps.ts'
import { decodePicturesQuickly } from './vorbis-pictures.ts'

setThreadPriority('background')
await keepTagMaps()
await decodePicturesQuickly()

/** Which file of the list is being read, so that the main thread knows the one that hangs or kills us. */
const position = new Int32Array(workerData as SharedArrayBuffer)

parentPort?.on('message', async (files: readonly WalkedFile[]) => {
  const results = []
  for (const [index, file] of files.entries()) {
    Atomics.store(position, 0, index)
    results.push(await readMusicFile(file))
  }
  parentPort?.postMessage(results)
})
