// The messages of a WebSocket that the worker holds for all tabs: to who reads them it looks like one of its own.

import type { SocketLike } from '../../remote/index.ts'
import type { LineSays, TabSays } from '../model/shared-lines.ts'

let isBroken = false

/** `line`: tabs that name the same one share it. Undefined where the worker could not be made or loaded. */
export function sharedSocket(line: string, url: string): SocketLike | undefined {
  if (isBroken) return undefined
  const events = new EventTarget()
  const worker = openWorker()
  if (worker === undefined) return undefined
  const { port } = worker
  const say = (said: TabSays) => port.postMessage(said)
  worker.addEventListener('error', () => {
    isBroken = true
    events.dispatchEvent(new Event('error'))
  })
  port.addEventListener('message', ({ data }: MessageEvent<LineSays>) => {
    if (data === 'there?') say('here')
    else if (data === 'ended') events.dispatchEvent(new Event('close'))
    else events.dispatchEvent(new MessageEvent('message', { data: data.text }))
  })
  port.addEventListener('close', () => events.dispatchEvent(new Event('close')))
  port.start()
  say({ line, url })
  return {
    addEventListener: (type, listener) => events.addEventListener(type, listener as EventListener),
    close() {
      say('hang up')
      port.close()
    },
  }
}

/** A browser that is told to keep nothing of this page refuses it a shared worker, too. */
function openWorker(): SharedWorker | undefined {
  try {
    return new SharedWorker(new URL('../line-worker.ts', import.meta.url))
  } catch {
    isBroken = true
    return undefined
  }
}
