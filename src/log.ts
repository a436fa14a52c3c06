// What the program says while it works. Rooms get a `Log`; only the front door makes one.
// No secret goes in here: guids, session ids, tokens and stream keys are masked by `mask`.

export type LogFields = Readonly<Record<string, unknown>>

export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** The same log with fields that every line carries, such as the room's name. */
  child(fields: LogFields): Log
}

export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
}

/** The first four characters of a secret, enough to tell two apart, not enough to use one. */
export function mask(secret: string): string {
  return secret.length <= 8 ? '…' : `${secret.slice(0, 4)}…`
}
