// Sound by a player program of the system, fed through its standard input.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { SinkKind } from './sink.ts'

interface Program {
  readonly name: string
  readonly args: (sampleRateHz: number) => readonly string[]
}

const programs: readonly Program[] = [
  {
    name: 'paplay',
    args: (rate) => ['--raw', `--rate=${rate}`, '--channels=2', '--format=s16le', '--latency-msec=100'],
  },
  {
    name: 'pw-cat',
    args: (rate) => ['--playback', '--format=s16', `--rate=${rate}`, '--channels=2', '--latency=100ms', '-'],
  },
  {
    name: 'aplay',
    args: (rate) => ['-q', '-t', 'raw', '-f', 'S16_LE', '-c', '2', '-r', `${rate}`, '--buffer-time=150000'],
  },
]

/** undefined when none of them is installed. */
export function processSink(): SinkKind | undefined {
  const program = programs.find(({ name }) => isInstalled(name))
  if (program === undefined) return undefined
  return {
    latencyMs: 150,
    primeMs: 100,
    async open(sampleRateHz) {
      const child = spawn(program.name, program.args(sampleRateHz), { stdio: ['pipe', 'ignore', 'ignore'] })
      await once(child, 'spawn')
      let isGone = false
      /** When all that was written has sounded, as far as time tells: a pipe does not. */
      let dryAtMs = 0
      child.on('exit', () => {
        isGone = true
      })
      child.stdin.on('error', () => {}) // seen by its exit
      return {
        async write(bytes) {
          if (isGone) throw new Error(`${program.name} ended`)
          dryAtMs = Math.max(dryAtMs, performance.now()) + (bytes.length / 4 / sampleRateHz) * 1000
          if (child.stdin.write(bytes)) return
          await Promise.race([once(child.stdin, 'drain'), once(child, 'exit')])
        },
        isDry: () => isGone || performance.now() >= dryAtMs,
        close() {
          child.stdin.destroy()
          child.kill()
        },
      }
    },
  }
}

function isInstalled(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
