// The program's log: lines for a person on a terminal, JSON lines (pino) for a service manager. Always on stderr.

import { createRequire } from 'node:module'
import { styleText } from 'node:util'
import type { Logger } from 'pino'
import type { Log, LogFields } from '../../log.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof levels)[number]
const styles = { debug: 'dim', info: 'dim', warn: 'yellow', error: 'red' } as const

/** `TONEARM_LOG` is one of debug, info, warn, error; by default warn: what goes well is told on stdout. */
export function createLog(environment: NodeJS.ProcessEnv, stderr: NodeJS.WriteStream): Log {
  const asked = levels.find((level) => level === environment['TONEARM_LOG'])
  const level = asked ?? 'warn'
  if (stderr.isTTY) return terminalLog(level, stderr, {})
  let logger: Logger | undefined
  return pinoLog(level, () => (logger ??= pinoLogger(level)))
}

function terminalLog(threshold: Level, stderr: NodeJS.WriteStream, bound: LogFields): Log {
  const write =
    (level: Level) =>
    (message: string, fields: LogFields = {}) => {
      if (levels.indexOf(level) < levels.indexOf(threshold)) return
      const pairs = Object.entries({ ...bound, ...fields }).map(([name, value]) => `${name}=${shown(value)}`)
      const line = [`${level}:`, message, ...pairs].join(' ')
      stderr.write(`${styleText(styles[level], line, { stream: stderr })}\n`)
    }
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => terminalLog(threshold, stderr, { ...bound, ...fields }),
  }
}

/** Loaded with the first line that is written, of which a host in good health has none; that line must not wait. */
function pinoLogger(level: Level): Logger {
  const { destination, pino } = createRequire(import.meta.url)('pino') as typeof import('pino')
  return pino({ level, base: undefined }, destination({ fd: 2, sync: true }))
}

function pinoLog(threshold: Level, logger: () => Logger): Log {
  const write =
    (level: Level) =>
    (message: string, fields: LogFields = {}) => {
      if (levels.indexOf(level) < levels.indexOf(threshold)) return
      logger()[level](
        { ...fields, ...(fields['error'] instanceof Error ? { error: shown(fields['error']) } : {}) },
        message,
      )
    }
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child(fields) {
      let child: Logger | undefined
      return pinoLog(threshold, () => (child ??= logger().child(fields)))
    },
  }
}

function shown(value: unknown): string {
  if (value instanceof Error) return value.stack ?? value.message
  return typeof value === 'string'
    ? value
    : JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part))
}
