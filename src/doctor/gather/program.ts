// A small program of the system, run to its end within a bound.

import { execFile } from 'node:child_process'

/** Its stdout; undefined when it is not there, may not, fails or takes too long. */
export function outputOf(command: string, ...args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    try {
      execFile(command, args, { timeout: 4000, maxBuffer: 1 << 20 }, (error, stdout) =>
        resolve(error ? undefined : stdout),
      )
    } catch {
      resolve(undefined) // a program with rights of its own, where nobody may have any: in a container
    }
  })
}
