// When nobody reads what is printed any more.

import { KnownError } from '../../errors.ts'
import { showError } from './show-error.ts'

/** `tonearm songs | head` ends when head has seen enough. */
export function endWhenUnread(): void {
  process.stdout.on('error', end)
}

/** For a command that others rely on, as `tonearm host | head -1`: what it prints is the least of what it does. */
export function goOnUnread(): void {
  process.stdout.off('error', end).on('error', () => {})
  process.stderr.on('error', () => {}) // the terminal is closed
}

function end(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0)
  process.exit(showError(new KnownError('CANNOT_WRITE', { reason: error.code }, error)))
}
