// Shows what is in a DMAP message, as a tree, each element with its place in the message.
//
//   curl -s http://ADDRESS:3689/server-info | node examples/read-dmap.ts

import { buffer } from 'node:stream/consumers'
import { contentCodes, isContentCode, walk } from '../src/protocol/index.ts'

const message = await buffer(process.stdin)
for (const { code, type, offset, valueOffset, length, depth } of walk(message)) {
  const name = isContentCode(code) ? contentCodes[code][0] : 'unknown'
  const value = message.subarray(valueOffset, valueOffset + length)
  console.log(`${String(offset).padStart(5)} ${'  '.repeat(depth)}${code} ${name}${shown(type, value)}`)
}

function shown(type: string | undefined, value: Buffer): string {
  if (type === 'container' || type === 'names') return ''
  if (type === 'string') return ` "${value.toString()}"`
  if (type === undefined || type === 'raw') return ` ${value.toString('hex')}`
  return ` ${BigInt(`0x${value.toString('hex') || '0'}`)}`
}
