// Sound goes nowhere, in real time. For tests, and for hosts without ears.

import type { Clock } from '../clock.ts'
import type { Output } from '../player/index.ts'
import { Pacer } from './pacer.ts'

export function nullOutput(clock: Clock): Output {
  const pacer = new Pacer(clock)
  return {
    id: 'null',
    name: 'Nowhere',
    latencyMs: 0,
    async open() {},
    async write({ atMs }) {
      await pacer.wait(atMs)
    },
    async flush(fromMs) {
      pacer.drop(fromMs)
    },
    async setVolume() {},
    health: () => pacer.health(),
    async close() {},
  }
}
