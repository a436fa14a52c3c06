// An answer in one line, for tables of what is expected: what a list counts and holds, and which fields a row has.

import { type DmapContainer, type DmapNode, decode } from '../../src/protocol/index.ts'
import type { RawAnswer } from './exchange.ts'

const lists = new Set(['mlcl', 'abar', 'abal', 'abgn', 'abcp'])
/** Different at each run. */
const changing = new Set(['mlid', 'musr', 'mstc', 'msto', 'msma', 'cmsr', 'mper', 'asai', 'asri', 'aeSR'])

/**
 * "204", "206 image/jpeg", or a tree: "adbs 3/3 One · Two {minm miid} O1 T1 00": rows of all, their names, the codes of
 * the first, and letters with their counts. What is no list: "mupd mstt=200 musr".
 */
export function outline({ status, headers, body }: RawAnswer): string {
  const type = headers['content-type'] ?? ''
  if (status !== 200 || body.length === 0)
    return [status, ...(type.startsWith('image/') ? [type] : [])].join(' ')
  const [root] = isTree(body) ? decode(body) : []
  return root === undefined ? `200 ${type.startsWith('image/') ? type : 'sound'}` : treeLine(root)
}

function isTree(body: Uint8Array): boolean {
  const length = new DataView(body.buffer, body.byteOffset, body.byteLength).getUint32(4)
  return /^[a-z]{4}$/i.test(String.fromCharCode(...body.subarray(0, 4))) && length === body.length - 8
}

function treeLine([root, value]: DmapNode): string {
  const nodes = value as DmapContainer
  const list = nodes.find(([code]) => lists.has(code))
  if (list === undefined) return [root, ...nodes.map(plain)].join(' ')
  const number = (wanted: string) => nodes.find(([code]) => code === wanted)?.[1]
  const rows = (list[1] as DmapContainer).filter(([code]) => code === 'mlit').map(([, row]) => row)
  const first = rows[0]
  const parts = [
    root,
    ...(list[0] === 'mlcl' ? [] : [list[0]]),
    `${String(number('mrco'))}/${String(number('mtco'))}`,
  ]
  if (rows.length > 0) parts.push(rows.map(nameOf).join(' · '))
  if (Array.isArray(first)) parts.push(`{${(first as DmapContainer).map(([code]) => code).join(' ')}}`)
  const letters = nodes.find(([code]) => code === 'mshl')?.[1] as DmapContainer | undefined
  return [...parts, ...(letters ?? []).map(([, letter]) => letterOf(letter as DmapContainer))].join(' ')
}

function nameOf(row: unknown): string {
  if (!Array.isArray(row)) return String(row)
  const nodes = row as DmapContainer
  const name = nodes.find(([code]) => code === 'minm') ?? nodes.find(([code]) => code !== 'mikd')
  return String(name?.[1] ?? '?')
}

function letterOf(nodes: DmapContainer): string {
  const [letter, , count] = nodes.map(([, value]) => Number(value))
  return `${String.fromCharCode(letter ?? 0)}${count}`
}

function plain([code, value]: DmapNode): string {
  if (changing.has(code) || typeof value === 'object') return code
  return `${code}=${String(value)}`
}
