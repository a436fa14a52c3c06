// The thread that reads a large snapshot: a tenth of a second of copying and checking, in which the program goes on loading.

import { parentPort, workerData } from 'node:worker_threads'
import { readSnapshot } from './snapshot.ts'

parentPort?.postMessage(readSnapshot(workerData as string))
