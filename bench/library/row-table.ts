// The rows of the table and what they must reach: design numbers as data.

import { again, atLeast, first, type NamedRow, row } from '../row-table.ts'
import type { Target } from '../rows.ts'
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

/** At a library of so many songs, in the order in which the rows are printed. */
export function rowsOf(tracks: number): readonly NamedRow<Group>[] {
  const isMillion = tracks >= 1_000_000
  /** At a million songs there is no promise. */
  const unlessMillion = (target: Target) => (isMillion ? [] : [target])
  return [
    row('scan', 'first-scan', 'first scan', 's', ...unlessMillion(first(20))),
    row('scan', 'rescan', 'scan again, nothing changed', 's', ...unlessMillion(again(1.2))),
    row('start', 'start', 'start to first answer', 's', ...unlessMillion(first(0.25))),
    row('start', 'start-page', 'start to a page of 50, with the login', 's'),
    ...listRows(tracks),
    row('pages', 'pages', 'pages of 50 per second, 4 connections', '/s', ...unlessMillion(atLeast(8000))),
    row('tap', 'tap', 'volume tap while 8 listings run: worst', 'ms', ...unlessMillion(again(20))),
    row('tap', 'tap-95', 'the same: 95 of 100 taps', 'ms'),
    row('tap', 'tap-listings', 'those 8 listings, three times each', 'ms'),
    row('tap', 'tap-memory', 'memory meanwhile, at most', 'MB', ...unlessMillion(again(250))),
    row('copied', 'copied', 'file copied in until remotes are told', 's', ...unlessMillion(again(1))),
    row('memory', 'memory-scan', 'memory in the first scan, at most', 'MB'),
    row('memory', 'memory-idle', 'memory before a remote connects', 'MB', again(isMillion ? 500 : 120)),
    row('memory', 'memory-remote', 'memory with one remote', 'MB', again(isMillion ? 500 : 160)),
    row('memory', 'memory-after', 'memory after everything', 'MB', again(isMillion ? 500 : 300)),
  ]
}

function listRows(tracks: number): NamedRow<Group>[] {
  const rows: NamedRow<Group>[] = []
  for (const { group, row: name, says, targets, firstByteTargets } of requestsFor(tracks)) {
    rows.push(row(group, name, says, 'ms', ...targets))
    if (firstByteTargets)
      rows.push(row(group, `${name}-first-byte`, '  first byte', 'ms', ...firstByteTargets))
  }
  return rows
}
