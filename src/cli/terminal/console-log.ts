// The program's log: lines for a person on a terminal, JSON lines for a service manager. Always on stderr.
// Written here and not by a package: the first line may be due just when no file can be opened any more.

import { styleText } from 'node:util'
import type { Log, LogFields } from '../../log.ts'
import { printable } from './text.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof levels)[number]
const styles = { debug: 'dim', info: 'dim', warn: 'yellow', error: 'red' } as const
/** As pino and bunyan number them, so that what reads their lines reads ours. */
const levelNumbers = { debug: 20, info: 30, warn: 40, error: 50 } as const

type WriteLine = (level: Level, message: string, fields: LogFields) => void

/** `TONEARM_LOG` is one of debug, info, warn, error; by default warn: what goes well is told on stdout. */
export function createLog(environment: NodeJS.ProcessEnv, stderr: NodeJS.WriteStream): Log {
  const asked = levels.find((level) => level === environment['TONEARM_LOG'])
  stderr.on('error', () => {}) // whoever read it has gone; the music plays on
  return logOf(asked ?? 'warn', stderr.isTTY ? terminalLines(stderr) : jsonLines(stderr), {})
}

function logOf(threshold: Level, writeLine: WriteLine, bound: LogFields): Log {
  const write = (level: Level) => (message: string, fields?: LogFields) => {
    if (levels.indexOf(level) >= levels.indexOf(threshold)) writeLine(level, message, { ...bound, ...fields })
  }
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => logOf(threshold, writeLine, { ...bound, ...fields }),
  }
}

/** Names of files and of machines are in there: nothing of them drives the terminal. */
function terminalLines(stderr: NodeJS.WriteStream): WriteLine {
  return (level, message, fields) => {
    const pairs = Object.entries(fields).map(([name, value]) => `${name}=${shown(value)}`)
    const line = [`${level}:`, message, ...pairs].join(' ')
    stderr.write(`${styleText(styles[level], line, { stream: stderr })}\n`)
  }
}

function shown(value: unknown): string {
  if (value instanceof Error) return stackOf(value).split('\n').map(printable).join('\n')
  return printable(typeof value === 'string' ? value : json(value))
}

function jsonLines(stderr: NodeJS.WriteStream): WriteLine {
  return (level, msg, fields) =>
    stderr.write(`${json({ level: levelNumbers[level], time: Date.now(), ...fields, msg })}\n`)
}

function json(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'bigint') return String(part)
    return part instanceof Error ? stackOf(part) : part
  })
}

function stackOf(error: Error): string {
  return error.stack ?? error.message
}
