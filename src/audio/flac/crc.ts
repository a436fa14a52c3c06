// The two checksums of FLAC (RFC 9639, sections 9.1.8 and 9.3).

function tableOf(polynomial: number, bits: 8 | 16): Uint16Array {
  const top = 1 << (bits - 1)
  const mask = (1 << bits) - 1
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (bits - 8)
    for (let bit = 0; bit < 8; bit += 1)
      crc = crc & top ? ((crc << 1) ^ polynomial) & mask : (crc << 1) & mask
    return crc
  })
}

const crc8Table = tableOf(0x07, 8)
/** Of the whole frame; exported as a table because the search for a frame's end runs over every byte. */
export const crc16Table = tableOf(0x8005, 16)

export function crc8(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0
  for (let index = from; index < to; index += 1) crc = crc8Table[crc ^ (bytes[index] ?? 0)] ?? 0
  return crc
}

export function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (let index = 0; index < bytes.length; index += 1)
    crc = ((crc << 8) & 0xffff) ^ (crc16Table[(crc >> 8) ^ (bytes[index] ?? 0)] ?? 0)
  return crc
}
