import { KnownError } from '../errors.ts'

/** An error that comes from a thread has lost its class on the way, and nothing else. */
export function fromThread(error: Error): Error {
  if (error.name !== 'KnownError') return error
  const { code, details } = error as KnownError
  return new KnownError(code, details, error)
}
