// What `tonearm host` says while it runs: sentences for a person, or one JSON object per event.

import { styleText } from 'node:util'
import type { HostEvent } from '../../host/index.ts'
import type { ScanFailure, ScanProgress, ScanResult, Song } from '../../library/index.ts'
import { resultText } from '../commands/scan-text.ts'
import { printable } from '../terminal/text.ts'
import { isCheckout } from '../version.ts'

export interface ReadyHost {
  readonly url: string
  /** Makes a link anew: each works once. */
  ownerLink(): string
  readonly folders: readonly string[]
  readonly isSample: boolean
}

export interface SilentOutput {
  readonly id: string
  readonly name: string
  /** One sentence. */
  readonly trouble: string
}

export interface HostReport {
  ready(host: ReadyHost): void
  /** The way in from outside, and the fingerprint to compare. */
  secure(way: { readonly port: number; readonly fingerprint: string }): void
  /** An output that is on and cannot sound. */
  noSound(output: SilentOutput): void
  progress(progress: ScanProgress): void
  scanned(result: ScanResult, failures: readonly ScanFailure[]): void
  playing(song: Song): void
  event(event: HostEvent): void
}

export function jsonReport(stdout: NodeJS.WritableStream): HostReport {
  const tell = (event: object) => stdout.write(`${JSON.stringify(event)}\n`)
  return {
    ready: ({ url }) => tell({ event: 'ready', url }),
    secure: (way) => tell({ event: 'secure', ...way }),
    noSound: (output) => tell({ event: 'no-sound', ...output }),
    progress() {},
    scanned: (result) => tell({ event: 'scanned', ...result }),
    playing: ({ title, artist, album }) => tell({ event: 'playing', title, artist, album }),
    event: (event) => tell(event),
  }
}

/** On a terminal also how to go on, and the progress in one line that is written over. */
export function plainReport(stdout: NodeJS.WriteStream): HostReport {
  const isTerminal = stdout.isTTY === true
  let isLineOpen = false
  const dim = (text: string) => (isTerminal ? styleText('dim', text, { stream: stdout }) : text)
  const closeLine = () => {
    if (isLineOpen) stdout.write('\r\x1b[K')
    isLineOpen = false
  }
  const say = (text: string) => {
    closeLine()
    stdout.write(`${text}\n`)
  }
  return {
    ready(host) {
      say(`Tonearm is ready at ${host.url}`)
      if (host.isSample)
        say('No music folder was found, so this is the sample album. Yours: tonearm host FOLDER')
      if (isTerminal) for (const line of firstSteps(host)) say(line)
    },
    secure({ port, fingerprint }) {
      say(`Paired remotes may come from outside, by TLS on port ${port}. Fingerprint of the certificate:`)
      say(`  ${fingerprint}`)
    },
    noSound({ id, trouble }) {
      say(`No sound${id === 'system' ? '' : ` from ${printable(id)}`}: ${printable(trouble)}`)
      say('Choose where it sounds with --output, for example --output wav:FILE')
    },
    progress({ state, filesFound, filesRead }) {
      if (state !== 'scanning') return closeLine()
      if (!isTerminal) return
      isLineOpen = true
      stdout.write(`\r\x1b[K${dim(`Reading the music: ${filesRead} of ${filesFound} files`)}`)
    },
    scanned(result, failures) {
      say(resultText(result))
      for (const { path, reason } of failures.slice(0, 5))
        say(dim(`  ${printable(path)}: ${printable(reason)}`))
      if (failures.length > 5) say(dim(`  and ${failures.length - 5} more`))
    },
    playing: ({ title, artist }) =>
      say(`Playing ${printable(title)}${artist ? `, ${printable(artist)}` : ''}`),
    event(event) {
      const sentence = eventSentence(event)
      if (sentence !== undefined) say(sentence)
    },
  }
}

/** Lines of at most 80 columns: a link that is cut in two cannot be clicked. */
function firstSteps(host: ReadyHost): string[] {
  return [
    '',
    '  You are its owner. Open this once, within ten minutes:',
    `    ${host.ownerLink()}`,
    '  To add a phone, choose “Add a library” in its Remote, then run: tonearm accept',
    `  To open the page on any device: ${host.url}`,
    ...(isCheckout ? ['  In this checkout, tonearm is: npm run -s tonearm --'] : []),
    '',
  ]
}

function eventSentence(event: HostEvent): string | undefined {
  if (event.event === 'pairing-request') {
    return `${printable(event.name)} at ${event.address} asks to be paired. Type its digits: tonearm accept ${event.id} PIN`
  }
  if (event.event === 'paired') return `${printable(event.name)} is paired.`
  return undefined
}
