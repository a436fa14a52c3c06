// The gapless numbers in an MP3's first frame: how many samples a player drops at either end.
// Source: the "MP3 Info Tag" page of the LAME project (revision 1); checked with ffmpeg's decoder.

/** Where the 24 bits of delay (12) and padding (12) lie after the Xing magic: 4+4+4+4+100+4, then 21. */
const trimOffset = 120 + 21
/** The tag's own check sum stands after trim(3), misc, gain, preset(2), length(4), music check sum(2). */
const checkOffset = trimOffset + 3 + 1 + 1 + 2 + 4 + 2

/** Adds to the samples that players drop at start and end, in a file whose first frame has all four Xing fields. */
export function addTrim(mp3: Uint8Array, atStart: number, atEnd: number): Uint8Array {
  const copy = Buffer.from(mp3)
  const xing = Math.max(copy.indexOf('Xing'), copy.indexOf('Info'))
  const frame = xing - 36 // header 4, side information of a stereo MPEG-1 frame 32
  if (xing < 0 || copy[frame] !== 0xff) throw new Error('the MP3 has no Xing frame where one was expected')
  const trim = copy.readUIntBE(xing + trimOffset, 3)
  const delay = (trim >> 12) + atStart
  const padding = (trim & 0xfff) + atEnd
  if (delay > 0xfff || padding > 0xfff) throw new Error(`12 bits do not hold ${delay} and ${padding}`)
  copy.writeUIntBE(delay * 0x1000 + padding, xing + trimOffset, 3)
  copy.writeUInt16BE(crc16(copy.subarray(frame, xing + checkOffset)), xing + checkOffset)
  return copy
}

/** CRC-16 of polynomial 0x8005, reflected, starting at 0. */
function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  }
  return crc
}
