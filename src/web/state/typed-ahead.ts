// What is typed between the key that opens the search and the moment in which its field is there.

/** The field comes in a part of the page that may have to be fetched first; later than this it will not come. */
const waitMs = 3000

let typed = ''
let untilMs = 0

export function beginTypingAhead(): void {
  typed = ''
  untilMs = performance.now() + waitMs
}

/** False when nobody waits for a field, and the key means something else. */
export function typeAhead(key: string): boolean {
  if (key.length !== 1 || performance.now() > untilMs) return false
  typed += key
  return true
}

export function takeTypedAhead(): string {
  const taken = typed
  typed = ''
  untilMs = 0
  return taken
}
