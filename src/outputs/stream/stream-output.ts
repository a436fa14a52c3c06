// One who listens from elsewhere, as the player sees it. What it is given goes to another thread, which encodes it
// (stream-pump.ts): no listener takes the audio thread's time.

import { type AudioBlock, type AudioFormat, type Output, perfectHealth } from '../../player/index.ts'
import { openLine } from './stream-line.ts'
import { aheadMs } from './stream-pump.ts'

export function streamOutput(id: string): Output {
  const line = openLine(id)
  let sampleRateHz = 44_100
  let isClosed = false
  return {
    id,
    name: id,
    latencyMs: 0,
    earlyMs: aheadMs,
    async open(format: AudioFormat) {
      sampleRateHz = format.sampleRateHz
    },
    async write({ samples, atMs }: AudioBlock) {
      // A copy: of a part, the whole would be sent.
      line.send({ kind: 'block', block: { samples: samples.slice(), atMs, sampleRateHz } })
    },
    async flush(fromMs) {
      line.send({ kind: 'flush', fromMs })
    },
    async setVolume(percent) {
      line.send({ kind: 'volume', percent })
    },
    health: () => perfectHealth,
    async close() {
      if (isClosed) return
      isClosed = true
      line.send({ kind: 'closed' })
      line.close()
    },
  }
}
