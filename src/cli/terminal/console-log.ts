// The program's log: lines for a person on a terminal, JSON lines (pino) for a service manager. Always on stderr.

import { styleText } from 'node:util'
import { destination, type Logger, pino } from 'pino'
import type { Log, LogFields } from '../../log.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof levels)[number]
const styles = { debug: 'dim', info: 'dim', warn: 'yellow', error: 'red' } as const

/** `TONEARM_LOG` is one of debug, info, warn, error; by default warn: what goes well is told on stdout. */
export function createLog(environment: NodeJS.ProcessEnv, stderr: NodeJS.WriteStream): Log {
  const asked = levels.find((level) => level === environment['TONEARM_LOG'])
  const level = asked ?? 'warn'
  if (stderr.isTTY) return terminalLog(level, stderr, {})
  return pinoLog(pino({ level, base: undefined }, destination({ fd: 2, sync: true })))
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

function pinoLog(logger: Logger): Log {
  const write =
    (level: Level) =>
    (message: string, fields: LogFields = {}) => {
      logger[level](
        { ...fields, ...(fields['error'] instanceof Error ? { error: shown(fields['error']) } : {}) },
        message,
      )
    }
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => pinoLog(logger.child(fields)),
  }
}

function shown(value: unknown): string {
  if (value instanceof Error) return value.stack ?? value.message
  return typeof value === 'string'
    ? value
    : JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part))
}
