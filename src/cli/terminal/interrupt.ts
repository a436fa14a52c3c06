// Ctrl-C, a polite kill and a terminal that is closed: the first asks everything to end, a second one ends it.

const ending = new AbortController()

/** Aborted on the first SIGINT, SIGTERM or SIGHUP. */
export const interrupted: AbortSignal = ending.signal

export function stopOnInterrupt(): void {
  const stop = () => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    // SIGHUP comes twice when a terminal is closed, of the shell and of the kernel: it never is somebody's second one.
    ending.abort(new Error('interrupted'))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
}
