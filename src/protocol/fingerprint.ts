// The fingerprint by which a remote knows a host from outside: SHA-256 of the certificate's public key (its SPKI in DER).
// Written as ssh writes one, `SHA256:` and base64 without padding. The key stays when the certificate is renewed.

const sha256Bytes = 32

export function fingerprintText(sha256: Uint8Array): string {
  if (sha256.length !== sha256Bytes) throw new TypeError(`a SHA-256 has ${sha256Bytes} bytes`)
  return `SHA256:${btoa(String.fromCharCode(...sha256)).replace(/=$/, '')}`
}

/** As people copy it: ours, curl's `sha256//…=`, or hex with or without colons. Undefined when it is none. */
export function parseFingerprint(text: string): string | undefined {
  const bare = text.trim()
  const hex = bare.replaceAll(':', '')
  if (/^[0-9a-f]{64}$/i.test(hex))
    return fingerprintText(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
  const base64 = /^(?:sha256(?::|\/\/))?([A-Za-z0-9+/]{43})=?$/i.exec(bare)?.[1]
  if (base64 === undefined) return undefined
  // Once there and back: the last character holds two bits that count for nothing.
  return fingerprintText(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))
}
