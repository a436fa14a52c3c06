// The real program as people run it: `tonearm …` on a machine of the lab, or on this one.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestContext } from 'node:test'
import { type Running, startProcess } from '../lab/process.ts'

const main = resolve(import.meta.dirname, '../../src/cli/main.js')

/** Where a program runs: a lab machine, or this one. */
export interface Place {
  spawn(command: string, args: readonly string[]): Running
}

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A person at one machine, with a data directory of their own. */
export interface Person {
  readonly data: string
  /** Starts `tonearm ARGS --data DATA`. */
  start(...args: readonly string[]): Running
  /** Runs it to the end. */
  run(...args: readonly string[]): Promise<Finished>
  /** Runs it with --json; fails unless the status is 0. */
  json<Answer>(...args: readonly string[]): Promise<Answer>
}

export function personAt(t: TestContext, place: Place | undefined, data = temporaryFolder(t)): Person {
  const start = (...args: readonly string[]) => {
    const all = [main, ...args, '--data', data]
    if (place) return place.spawn(process.execPath, all)
    const running = startProcess(process.execPath, all)
    t.after(() => running.stop('SIGKILL'))
    return running
  }
  const run = async (...args: readonly string[]) => {
    const running = start(...args)
    running.child.stdin?.end()
    const { code } = await running.exit
    return { code, stdout: running.lines.join('\n'), stderr: running.errorLines.join('\n') }
  }
  return {
    data,
    start,
    run,
    async json<Answer>(...args: readonly string[]) {
      const { code, stdout, stderr } = await run(...args, '--json')
      if (code !== 0) throw new Error(`tonearm ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`)
      return JSON.parse(stdout) as Answer
    },
  }
}

export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Every line that is a JSON object so far. */
export function events<Event>(running: Running): Event[] {
  return running.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Event)
}
