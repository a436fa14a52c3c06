// Starts the ceiling's server and gives it answers to send.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from './child.ts'

export interface Ceiling {
  readonly port: number
  /** What the host answered; from now on to be had at the path given back. */
  learn(name: string, body: Uint8Array): string
  stop(): Promise<void>
}

export async function startCeiling(folder: string): Promise<Ceiling> {
  mkdirSync(folder, { recursive: true })
  const program = startChild([join(import.meta.dirname, 'ceiling-server.ts'), folder])
  const port = await program.line('port', 20_000, (line) => (JSON.parse(line) as { port: number }).port)
  return {
    port,
    learn(name, body) {
      writeFileSync(join(folder, name), body)
      return `/${name}`
    },
    stop: () => program.stop(),
  }
}
