// The proof that whoever typed the four digits saw the remote's screen.

/**
 * The code that a host sends to the remote: MD5 over the text of `Pair`, then each digit followed by a zero
 * byte (only the digits are widened to 16 bits); 32 upper-case hex digits, as iTunes sends them.
 *
 * `md5` is handed in, since a browser has none.
 * Source  docs/protocol/pairing-and-login.md, section 2; vectors/pairing.json.
 */
export function pairingCode(pair: string, pin: string, md5: (bytes: Uint8Array) => Uint8Array): string {
  const digits = Array.from(pin, (digit) => `${digit}\0`).join('')
  const digest = md5(new TextEncoder().encode(pair + digits))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}

/** Whether a code that came over the wire is this one; some hosts send it in lower case. */
export function isSamePairingCode(given: string, expected: string): boolean {
  return given.toUpperCase() === expected.toUpperCase()
}

/** What a host takes as a remote's `Pair`: pyatv leaves out leading zeros, so it may be short. */
export function isPairKey(text: string): boolean {
  return /^[0-9a-f]{1,16}$/i.test(text)
}

export function isPin(text: string): boolean {
  return /^[0-9]{4}$/.test(text)
}
