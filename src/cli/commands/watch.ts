// `tonearm watch`: every change as it happens, until Ctrl-C. A host that goes away is told, and waited for.

import type { RemoteEvent } from '../../remote/node.ts'
import { doingWithRemote, newCommand, wholeNumber } from '../command.ts'
import { jsonLine, line, styled } from '../terminal/output.ts'
import { printable } from '../terminal/text.ts'
import { progressText } from './scan-text.ts'
import { headline, statusJson, timesText } from './status.ts'

export const watchCommand = doingWithRemote<{ for?: number }>(
  newCommand({
    name: 'watch',
    says: 'Follow every change until Ctrl-C.',
    example: 'watch --json',
    isData: true,
    isRemote: true,
  }).option('--for <seconds>', 'end by itself', wholeNumber(1, 86_400)),
  async (remote, { options, signal }) => {
    const ending =
      options.for === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(options.for * 1000)])
    for await (const event of remote.watch({ signal: ending })) {
      if (options.json) jsonLine(eventJson(event))
      else for (const text of eventLines(event)) line(`${styled('dim', clockText())}  ${text}`)
    }
  },
)

/** One object a line: `{"event":"status", …as status --json…, "cause"}` and so on. */
function eventJson(event: RemoteEvent): unknown {
  switch (event.event) {
    case 'status':
      return { event: 'status', cause: event.cause, ...statusJson(event.status) }
    case 'gone':
      return { event: 'gone', code: event.error.code, says: event.error.message, retryInMs: event.retryInMs }
    default:
      return event
  }
}

function eventLines(event: RemoteEvent): string[] {
  switch (event.event) {
    case 'connected':
      return [styled('green', `Connected to ${printable(event.host)}`)]
    case 'gone':
      return [
        styled('yellow', `${event.error.message} Trying again in ${Math.ceil(event.retryInMs / 1000)} s.`),
      ]
    case 'library':
      return [`The library has changed${causeText(event.cause)}`]
    case 'queue':
    case 'speakers':
      return [] // the status before it has said who did it
    case 'scan':
      return [progressText(event.progress)]
    case 'pairing-requests':
      return event.requests.map(
        ({ name, address }) => `${printable(name)} (${printable(address)}) asks to be paired: tonearm accept`,
      )
    case 'status': {
      const { status } = event
      const times = status.state === 'stopped' ? '' : `  ${timesText(status)}`
      const notice = status.notice === undefined ? [] : [styled('yellow', printable(status.notice))]
      return [
        `${headline(status)}${styled('dim', `${times}  volume ${status.volumePercent} %`)}${causeText(event.cause)}`,
        ...notice,
      ]
    }
  }
}

function causeText(cause: string): string {
  return cause === '' ? '' : styled('dim', `  [${printable(cause)}]`)
}

function clockText(): string {
  return new Date().toTimeString().slice(0, 8)
}
