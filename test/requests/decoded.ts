// An answer in one line with every value in it: "cmgt mstt=200 cmvo=40", "casp mstt=200 mdcl{caia=1 minm=Kitchen}".

import { type DmapNode, decode, unpackItemSpec } from '../../src/protocol/index.ts'
import type { RawAnswer } from './exchange.ts'

/** Different at each run; told apart from a field that is missing. */
const changing = new Set(['cmsr', 'asai'])
/** Negative ones travel in two's complement. */
const signed = new Set(['ceQi', 'ceQI'])

export function decoded({ status, headers, body }: RawAnswer): string {
  const type = headers['content-type'] ?? ''
  const code = headers['tonearm-error']
  if (code !== undefined) return `${status} ${String(code)}`
  if (body.length === 0) return String(status)
  if (!type.startsWith('application/x-dmap')) return `${status} ${type}`
  const [root] = decode(body)
  if (root === undefined) return `${status} nothing`
  return `${root[0]} ${nodesIn(root)}`
}

function nodesIn([, value]: DmapNode): string {
  return (value as readonly DmapNode[]).map(printed).join(' ')
}

function printed(node: DmapNode): string {
  const [code, value] = node
  if (changing.has(code)) return code
  if (Array.isArray(value)) return `${code}{${nodesIn(node)}}`
  if (signed.has(code)) return `${code}=${Number(value) | 0}`
  if (value instanceof Uint8Array) {
    const ids = unpackItemSpec(value)
    return `${code}=${ids ? Object.values(ids).join('/') : Buffer.from(value).toString('hex')}`
  }
  return `${code}=${String(value)}`
}
