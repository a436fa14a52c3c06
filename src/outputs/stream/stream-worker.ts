// The thread that encodes for all who listen; started by stream-thread.ts.

import { parentPort } from 'node:worker_threads'
import { systemClock } from '../../clock.ts'
import { setThreadPriority } from '../../thread-priority.ts'
import { parseStreamOutputId } from './stream-id.ts'
import { type LineEnd, openLine } from './stream-line.ts'
import { StreamPump } from './stream-pump.ts'
import type { ThreadAnswer, ThreadRequest } from './stream-thread.ts'

if (parentPort === null) throw new Error('stream-worker.ts is started by the host, in a thread of its own')
const port = parentPort
setThreadPriority('sound')
const pumps = new Map<string, { pump: StreamPump; line: LineEnd }>()

const say = (answer: ThreadAnswer, owned: ArrayBuffer[] = []) => port.postMessage(answer, owned)

port.on('message', ({ kind, outputId, turn }: ThreadRequest) => {
  if (kind === 'open') return open(outputId)
  const { pump, line } = pumps.get(outputId) ?? {}
  if (kind === 'begin') pump?.begin(turn)
  else pump?.leave()
  if (kind !== 'close') return
  line?.close()
  pumps.delete(outputId)
})

function open(outputId: string): void {
  const { format = 'wav' } = parseStreamOutputId(outputId) ?? {}
  const pump = new StreamPump({
    format,
    clock: systemClock, // Node counts performance.now() from the same moment in every thread
    onBytes: (turn, bytes) => {
      const own = bytes.slice()
      say({ kind: 'bytes', outputId, turn, bytes: own }, [own.buffer])
    },
    onEnded: () => say({ kind: 'ended', outputId }),
  })
  pumps.set(outputId, { pump, line: openLine(outputId, (message) => pump.hear(message)) })
  say({ kind: 'open', outputId })
}
