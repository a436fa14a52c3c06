// What `tonearm host` says while it runs: sentences for a person, or one JSON object per event.

import { styleText } from 'node:util'
import type { HostEvent } from '../host/index.ts'
import type { ScanFailure, ScanProgress, ScanResult, Song } from '../library/index.ts'
import { printable } from './text.ts'

export interface ReadyHost {
  readonly url: string
  /** Makes a link anew: each works once. */
  ownerLink(): string
  readonly folders: readonly string[]
  readonly isSample: boolean
}

export interface HostReport {
  ready(host: ReadyHost): void
  progress(progress: ScanProgress): void
  scanned(result: ScanResult, failures: readonly ScanFailure[]): void
  playing(song: Song): void
  event(event: HostEvent): void
}

export function jsonReport(stdout: NodeJS.WritableStream): HostReport {
  const tell = (event: object) => stdout.write(`${JSON.stringify(event)}\n`)
  return {
    ready: ({ url }) => tell({ event: 'ready', url }),
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
  const say = (text: string) => {
    if (isLineOpen) stdout.write('\r\x1b[K')
    isLineOpen = false
    stdout.write(`${text}\n`)
  }
  return {
    ready(host) {
      say(`Tonearm is ready at ${host.url}`)
      if (host.isSample)
        say('No music folder was found: it plays the sample album. Name one: tonearm host FOLDER')
      if (isTerminal) for (const line of firstSteps(host)) say(line)
    },
    progress({ state, filesFound, filesRead }) {
      if (!isTerminal || state !== 'scanning') return
      isLineOpen = true
      stdout.write(`\r\x1b[K${dim(`Reading the music: ${filesRead} of ${filesFound} files`)}`)
    },
    scanned(result, failures) {
      say(scanSentence(result))
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

function firstSteps(host: ReadyHost): string[] {
  return [
    '',
    `  You are the owner: open ${host.ownerLink()} (once, within ten minutes).`,
    '  To add a phone: open its Remote, choose “Add a library”, then type here: tonearm accept',
    `  To look at it from any device in the house: ${host.url}`,
    '',
  ]
}

function scanSentence({ tracks, added, changed, removed, failed, seconds }: ScanResult): string {
  if (tracks === 0 && failed === 0)
    return 'The folder holds no music yet; it will be looked at again at the next start.'
  const parts = [
    added > 0 && `${added} new`,
    changed > 0 && `${changed} changed`,
    removed > 0 && `${removed} removed`,
    failed > 0 && `${failed} could not be read`,
  ].filter((part) => part !== false)
  return `${tracks} songs${parts.length > 0 ? ` (${parts.join(', ')})` : ''}, looked through in ${seconds.toFixed(1)} s`
}

function eventSentence(event: HostEvent): string | undefined {
  if (event.event === 'pairing-request') {
    return `${printable(event.name)} at ${event.address} asks to be paired. Type its digits: tonearm accept ${event.id} PIN`
  }
  if (event.event === 'paired') return `${printable(event.name)} is paired.`
  return undefined
}
