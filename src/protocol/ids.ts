// Numbers that name things: 64 bits, unsigned here, in whichever spelling a client chose.

const decimal = /^[+-]?[0-9]{1,20}$/
const hexadecimal = /^0x[0-9a-f]{1,16}$/i

/**
 * Decimal or `0x` hex, in any case; a negative one is what a client made that reads them as signed.
 * Modulo 2^64. Undefined for anything else.
 */
export function parseId(text: string): bigint | undefined {
  if (hexadecimal.test(text)) return BigInt(text)
  if (!decimal.test(text)) return undefined
  const isNegative = text.startsWith('-')
  const size = BigInt(text.replace(/^[+-]/, ''))
  return BigInt.asUintN(64, isNegative ? -size : size)
}

/** A 64-bit id as 16 upper-case hex digits, as guids, `DbId` and service names are written. */
export function hex64(id: bigint): string {
  return BigInt.asUintN(64, id).toString(16).toUpperCase().padStart(16, '0')
}

/** A pairing guid or `DbId` as written by anyone: hex digits, `0x` or not, up to 16 of them. */
export function parseHex64(text: string): bigint | undefined {
  const digits = /^(?:0x)?([0-9a-f]{1,16})$/i.exec(text)?.[1]
  return digits === undefined ? undefined : BigInt(`0x${digits}`)
}
