// Programs of ours that run beside: started, listened to line by line, always ended.

import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Child {
  readonly pid: number
  /** performance.now() when it was started. */
  readonly startedAt: number
  /** The first line that `finds` makes something of, past or to come; rejects when it ends before or is late. */
  line<Found>(what: string, deadlineMs: number, finds: (line: string) => Found | undefined): Promise<Found>
  send(message: object): void
  /** SIGTERM; SIGKILL when it does not end in time. */
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
// Without a listener a signal ends us at once, and what we started would go on for ever.
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))

const closingMs = 10_000
const keptErrorCharacters = 2000

export function startChild(
  args: readonly string[],
  { cwd, isSpokenTo = false }: { cwd?: string; isSpokenTo?: boolean } = {},
): Child {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', ...(isSpokenTo ? (['ipc'] as const) : [])],
    env: ownEnvironment(),
    ...(cwd !== undefined && { cwd }),
  })
  running.add(child)
  let errors = ''
  child.stderr?.on('data', (text: Buffer) => {
    errors = (errors + text.toString()).slice(-keptErrorCharacters)
  })
  const lines: string[] = []
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      tell()
    })
  let hasEnded = false
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      hasEnded = true
      running.delete(child)
      tell()
      resolve()
    })
  })

  return {
    pid: child.pid ?? 0,
    startedAt,
    line(what, deadlineMs, finds) {
      return new Promise((resolve, reject) => {
        let next = 0
        const settle = (done: () => void) => {
          clearTimeout(timer)
          listeners.delete(look)
          done()
        }
        const look = () => {
          for (; next < lines.length; next += 1) {
            const found = finds(lines[next] ?? '')
            if (found !== undefined) return settle(() => resolve(found))
          }
          if (hasEnded) settle(() => reject(new Error(`it ended before ${what}: ${errors.trim()}`)))
        }
        const timer = setTimeout(
          () => settle(() => reject(new Error(`no ${what} in ${deadlineMs} ms: ${errors.trim()}`))),
          deadlineMs,
        )
        listeners.add(look)
        look()
      })
    },
    send(message) {
      child.send(message)
    },
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), closingMs)
      await ended
      clearTimeout(timer)
    },
  }
}

/** The person's own settings of Tonearm are not what is measured. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TONEARM_')))
}
