// Comparing secrets so that the time it takes tells nothing.

import { createHash, timingSafeEqual } from 'node:crypto'

/** Equal texts; hashed first, since the comparison needs equal lengths and a length is a hint too. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** The token of `Authorization: Bearer TOKEN`. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1]
}

/**
 * Whether the password of `Authorization: Basic …` is this one. The user's name is arbitrary, and Apple Music's holds a
 * colon itself, so the text after every colon counts (docs/protocol/pairing-and-login.md, section 4).
 */
export function isBasicPassword(authorization: string | undefined, password: string): boolean {
  const encoded = /^Basic ([\w+/=-]+)$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return false
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  let isRight = false
  let colon = text.indexOf(':')
  for (let looked = 0; colon !== -1 && looked < 16; looked += 1) {
    if (isSameSecret(text.slice(colon + 1), password)) isRight = true
    colon = text.indexOf(':', colon + 1)
  }
  return isRight
}
