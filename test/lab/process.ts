// A program under test: its lines as they come, waiting for one of them, its end, and killing it by its id.

import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface ProcessOptions {
  readonly cwd?: string
  /** Added to the environment of the test. */
  readonly env?: Readonly<Record<string, string>>
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface Running {
  readonly pid: number
  readonly child: ChildProcess
  /** Lines of stdout so far. */
  readonly lines: readonly string[]
  readonly errorLines: readonly string[]
  /** The first line of stdout that matches, past ones included; rejects at the deadline or when the program ends without it. */
  line(pattern: RegExp | string, deadlineMs?: number): Promise<string>
  /** The same on stderr. */
  errorLine(pattern: RegExp | string, deadlineMs?: number): Promise<string>
  readonly exit: Promise<Exit>
  write(text: string): void
  /** Sends the signal to this one process and waits for its end; SIGKILL after `patienceMs`. */
  stop(signal?: NodeJS.Signals, patienceMs?: number): Promise<Exit>
}

export function startProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Running {
  const child = spawn(command, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const out = watchLines(child.stdout)
  const err = watchLines(child.stderr)
  const title = [command, ...args].join(' ')
  let spawnFault: Error | undefined
  child.stdin.on('error', () => undefined) // the program may end before it reads what we write
  const exit = new Promise<Exit>((resolve) => {
    child.on('error', (fault) => {
      spawnFault = fault
      resolve({ code: null, signal: null })
    })
    // "close" comes after the last line, "exit" may come before it.
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
  const describe = () =>
    `${title}${spawnFault ? `\n${spawnFault.message}` : ''}\nstdout:\n${out.lines.join('\n')}\nstderr:\n${err.lines.join('\n')}`

  return {
    pid: child.pid ?? 0,
    child,
    lines: out.lines,
    errorLines: err.lines,
    line: (pattern, deadlineMs = 30_000) => out.wait(pattern, deadlineMs, exit, describe),
    errorLine: (pattern, deadlineMs = 30_000) => err.wait(pattern, deadlineMs, exit, describe),
    exit,
    write: (text) => child.stdin.write(text),
    async stop(signal = 'SIGTERM', patienceMs = 5000) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      const end = await exit
      clearTimeout(timer)
      return end
    },
  }
}

/** Runs to the end and gives stdout; rejects with all its words unless the status is 0. */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<string> {
  const running = startProcess(command, args, options)
  running.child.stdin?.end()
  const { code, signal } = await running.exit
  const output = running.lines.map((line) => `${line}\n`).join('')
  if (code === 0) return output
  throw new Error(
    `${[command, ...args].join(' ')} ended with ${code ?? signal}\n${output}${running.errorLines.join('\n')}`,
  )
}

function watchLines(stream: NodeJS.ReadableStream) {
  const lines: string[] = []
  const waiters = new Set<(line: string) => void>()
  createInterface({ input: stream }).on('line', (line) => {
    lines.push(line)
    for (const waiter of waiters) waiter(line)
  })
  const matches = (line: string, pattern: RegExp | string) =>
    typeof pattern === 'string' ? line.includes(pattern) : pattern.test(line)

  return {
    lines,
    wait(
      pattern: RegExp | string,
      deadlineMs: number,
      exit: Promise<Exit>,
      describe: () => string,
    ): Promise<string> {
      const past = lines.find((line) => matches(line, pattern))
      if (past !== undefined) return Promise.resolve(past)
      return new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          clearTimeout(timer)
          waiters.delete(waiter)
          settle()
        }
        const waiter = (line: string) => {
          if (matches(line, pattern)) finish(() => resolve(line))
        }
        const fail = (why: string) =>
          finish(() => reject(new Error(`${why} a line with ${pattern}: ${describe()}`)))
        const timer = setTimeout(() => fail(`waited ${deadlineMs} ms in vain for`), deadlineMs)
        waiters.add(waiter)
        void exit.then(({ code, signal }) => fail(`ended with ${code ?? signal} before`))
      })
    },
  }
}
