// The worker that all tabs of a browser share. It lives as long as one of them does.

import { systemClock } from '../clock.ts'
import { sharedLines } from './model/shared-lines.ts'

const admit = sharedLines(systemClock)
addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports
  if (port) admit(port)
})
