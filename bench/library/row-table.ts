// The rows of the table and what they must reach: design numbers as data.

import type { RowFacts } from '../rows.ts'
import { requestsFor } from './requests.ts'

export const groups = [
  'scan',
  'start',
  'playlists',
  'albums',
  'page',
  'album',
  'search',
  'items',
  'gzip',
  'pages',
  'tap',
  'copied',
  'memory',
] as const
export type Group = (typeof groups)[number]

interface NamedRow extends RowFacts {
  readonly name: string
}
type TableRow = readonly [
  group: Group,
  name: string,
  says: string,
  unit: RowFacts['unit'],
  of?: 'first' | 'again',
  most?: number,
  /** At a million songs; where none is given there is no promise. */
  mostOfMillion?: number,
]

const scans: readonly TableRow[] = [
  ['scan', 'first-scan', 'first scan', 's', 'first', 20],
  ['scan', 'rescan', 'scan again, nothing changed', 's', 'again', 1.2],
  ['start', 'start', 'start to first answer', 's', 'first', 0.25],
  ['start', 'start-page', 'start to a page of 50, with the login', 's'],
]
const loads: readonly TableRow[] = [
  ['tap', 'tap', 'volume tap while 8 listings run: worst', 'ms', 'again', 20],
  ['tap', 'tap-95', 'the same: 95 of 100 taps', 'ms'],
  ['tap', 'tap-listings', 'those 8 listings, three times each', 'ms'],
  ['tap', 'tap-memory', 'memory meanwhile, at most', 'MB', 'again', 250],
  ['copied', 'copied', 'file copied in until remotes are told', 's', 'again', 1],
  ['memory', 'memory-scan', 'memory in the first scan, at most', 'MB'],
  ['memory', 'memory-idle', 'memory before a remote connects', 'MB', 'again', 120, 500],
  ['memory', 'memory-remote', 'memory with one remote', 'MB', 'again', 160, 500],
  ['memory', 'memory-after', 'memory after everything', 'MB', 'again', 300, 500],
]

/** Those of the groups that are wanted, in the order in which they are printed. */
export function rowsOf(tracks: number, wanted: readonly Group[]): readonly NamedRow[] {
  const isMillion = tracks >= 1_000_000
  const fromTable = ([, name, says, unit, of = 'again', most, mostOfMillion]: TableRow): NamedRow => {
    const limit = isMillion ? mostOfMillion : most
    return { name, says, unit, targets: limit === undefined ? [] : [{ of, most: limit }] }
  }
  const isWanted = (group: Group) => wanted.includes(group)
  const lists: NamedRow[] = []
  for (const { group, row, says, targets, firstByteTargets } of requestsFor(tracks)) {
    if (!isWanted(group)) continue
    lists.push({ name: row, says, unit: 'ms', targets })
    if (firstByteTargets)
      lists.push({ name: `${row}-first-byte`, says: '  first byte', unit: 'ms', targets: firstByteTargets })
  }
  const pages: NamedRow = {
    name: 'pages',
    says: 'pages of 50 per second, 4 connections',
    unit: '/s',
    targets: isMillion ? [] : [{ of: 'again', least: 8000 }],
  }
  return [
    ...scans.filter(([group]) => isWanted(group)).map(fromTable),
    ...lists,
    ...(isWanted('pages') ? [pages] : []),
    ...loads.filter(([group]) => isWanted(group)).map(fromTable),
  ]
}
