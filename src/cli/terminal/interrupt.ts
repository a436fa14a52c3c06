// Ctrl-C and a polite kill: the first asks everything to end, a second one ends it.

const ending = new AbortController()

/** Aborted on the first SIGINT or SIGTERM. */
export const interrupted: AbortSignal = ending.signal

export function stopOnInterrupt(): void {
  const stop = () => {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    ending.abort(new Error('interrupted'))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
