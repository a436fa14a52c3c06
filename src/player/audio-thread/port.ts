// The worker's side of the thread: requests come in, one at a time; answers and events go out.

import { openDecoder, warmDecoders } from '../../audio/index.ts'
import { systemClock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { Output } from '../output.ts'
import { Engine } from './engine.ts'
import type { AudioFault, AudioRequestName, RequestMessage, WorkerMessage } from './messages.ts'

/** The end of a message channel, as worker threads have it. */
export interface AudioPort {
  postMessage(message: WorkerMessage): void
  on(event: 'message', listener: (message: RequestMessage) => void): unknown
}

type AskOf<Name extends AudioRequestName> = RequestMessage<Name>['ask']

/** Answers requests on `port` for the life of the thread. */
export function serveAudio(port: AudioPort, makeOutput: (id: string) => Output): void {
  const engine = new Engine({
    clock: systemClock, // Node counts performance.now() from the same moment in every thread
    open: openDecoder,
    makeOutput,
    report: (event) => port.postMessage({ kind: 'event', event }),
  })
  let warming: Promise<void> | undefined
  const work: { [Name in AudioRequestName]: (ask: AskOf<Name>) => Promise<unknown> } = {
    play: ({ cue, positionMs, next, isPaused }) => engine.play(cue, positionMs, next, isPaused),
    next: ({ next }) => engine.setNext(next),
    pause: () => engine.pause(),
    resume: () => engine.resume(),
    stop: () => engine.stop(),
    outputs: ({ outputs }) => engine.setOutputs(outputs),
    gains: async ({ gains }) => engine.setGains(gains),
    volumes: ({ outputs }) => engine.setVolumes(outputs.filter(({ isItsOwn }) => isItsOwn !== true)),
    warm: () => (warming ??= warmDecoders()),
    pulse: async () => {},
    close: () => engine.close(),
  }
  const answer = async ({ id, name, ask }: RequestMessage) => {
    try {
      const handle = work[name] as (ask: RequestMessage['ask']) => Promise<unknown>
      port.postMessage({ kind: 'answer', id, answer: await handle(ask) })
    } catch (error) {
      port.postMessage({ kind: 'fault', id, fault: faultOf(error) })
    }
  }
  let queue = Promise.resolve()
  port.on('message', (message) => {
    // Neither waits for the others, nor they for it.
    if (message.name === 'pulse' || message.name === 'warm') void answer(message)
    else queue = queue.then(() => answer(message))
  })
}

function faultOf(error: unknown): AudioFault {
  if (error instanceof KnownError) {
    const { reason } = error.details
    return { code: error.code, reason: typeof reason === 'string' ? reason : '' }
  }
  return { code: undefined, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
