// Ctrl-C, a polite kill and a terminal that is closed: the first asks everything to end, a second one ends it.

const ending = new AbortController()
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Aborted on the first SIGINT, SIGTERM or SIGHUP. */
export const interrupted: AbortSignal = ending.signal

export function stopOnInterrupt(): void {
  const stop = () => {
    for (const signal of signals) process.off(signal, stop)
    ending.abort(new Error('interrupted'))
  }
  for (const signal of signals) process.on(signal, stop)
}
