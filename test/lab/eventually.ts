// Waiting for something that becomes true, with a deadline and a reason that names it.

/** Asks every 20 ms until the answer is neither undefined, null nor false; rejects after `deadlineMs`. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  deadlineMs = 30_000,
): Promise<T> {
  const endMs = performance.now() + deadlineMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== null && answer !== false) return answer
    if (performance.now() > endMs) throw new Error(`waited ${deadlineMs} ms in vain: ${what}`)
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
  }
}
