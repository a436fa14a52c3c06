// How one of our own hosts is seen, as its doctor says. Elsewhere: HOST_REFUSED.

import type { ApiAnswer } from '../protocol/index.ts'
import { askOwn } from './talk/own-api.ts'
import type { HostSession } from './talk/session.ts'

/** The host listens to its network for some seconds first. */
const examinationMs = 60_000

export function examining(session: HostSession) {
  return {
    /** The checks of `tonearm doctor`, made on the host's own machine. */
    doctor: (options: { signal?: AbortSignal | undefined } = {}): Promise<ApiAnswer<'doctor'>> =>
      askOwn(session, 'doctor', 'GET', {
        ...options,
        path: '/api/doctor',
        key: 'findings',
        timeoutMs: examinationMs,
      }),
  }
}
