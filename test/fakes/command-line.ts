// The real command line at a host with a few songs, as people type it.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startHost } from './host.ts'

/** The program's first file. */
export const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))
const songs = [
  { title: 'So What', artist: 'Miles Davis', album: 'Kind of Blue', genre: 'Jazz' },
  { title: 'Blue in Green', artist: 'Miles Davis', album: 'Kind of Blue', genre: 'Jazz' },
  { title: 'River', artist: 'Joni Mitchell', album: 'Blue' },
]

export interface Ended {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

/** `tonearm WORDS`. */
export function start(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [program, ...words], {
    env: { ...process.env, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const heard = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.err += text
  })
  const ended = once(child, 'close').then(
    ([status]): Ended => ({ status: status as number | null, ...heard }),
  )
  return { child, heard, ended }
}

/** A host whose data directory says that it runs, as `tonearm host` leaves it. */
export async function runningHost(t: TestContext) {
  const host = await startHost(t, { songs })
  const { port, name } = host.host
  host.directory.markRunning({ pid: process.pid, url: `http://127.0.0.1:${port}`, port, name })
  const run = (...words: string[]) => start([...words, '--data', host.path]).ended
  return { host, run, start: (...words: string[]) => start([...words, '--data', host.path]) }
}
