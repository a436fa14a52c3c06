// The rows of the table and what they must reach: design numbers as data.

import type { RowFacts } from '../rows.ts'

export const groups = ['tap', 'told', 'load', 'memory'] as const
export type Group = (typeof groups)[number]

export interface NamedRow extends RowFacts {
  readonly group: Group
  readonly name: string
}

/** All remotes are told within so many ms; by how many there are at least. */
const toldTargets: readonly (readonly [remotes: number, mostMs: number])[] = [
  [15_000, 500],
  [1000, 50],
  [1, 2],
]

/** Memory is counted per remote where there are enough of them to tell it from everything else. */
export const leastForMemory = 1000

/** For so many waiting remotes, in the order in which the rows are printed. */
export function rowsOf(remoteCounts: readonly number[], wanted: readonly Group[]): readonly NamedRow[] {
  const rows: NamedRow[] = [
    {
      group: 'tap',
      name: 'tap-playing',
      says: 'album tapped until a status says playing',
      unit: 'ms',
      targets: [
        { of: 'first', most: 60 },
        { of: 'again', most: 30 },
      ],
    },
  ]
  for (const remotes of remoteCounts) rows.push(...waitingRows(remotes))
  for (const remotes of remoteCounts) rows.push(...loadRows(remotes))
  rows.push(
    {
      group: 'load',
      name: 'load-listings',
      says: '8 full listings, three times each',
      unit: 'ms',
      targets: [],
    },
    {
      group: 'load',
      name: 'underruns',
      says: 'times that the sound tore meanwhile',
      unit: '',
      targets: [{ of: 'again', most: 0 }],
    },
    {
      group: 'memory',
      name: 'memory-after',
      says: 'memory after everything but the crowd',
      unit: 'MB',
      targets: [{ of: 'again', most: 300 }],
    },
  )
  return rows.filter(({ group }) => wanted.includes(group))
}

function waitingRows(remotes: number): NamedRow[] {
  const [, most] = toldTargets.find(([least]) => remotes >= least) ?? []
  const isCrowd = remotes >= leastForMemory
  const who = remotes === 1 ? 'the waiting remote' : `all of ${remotes} waiting remotes`
  return [
    {
      group: 'told',
      name: `told-${remotes}`,
      says: `command sent until ${who} told`,
      unit: 'ms',
      targets: most === undefined ? [] : [{ of: 'again', most }],
    },
    lostRow('told', `lost-${remotes}`),
    ...(isCrowd ? [memoryRow(remotes, 'waiting', 16), memoryRow(remotes, 'answered', 20)] : []),
  ]
}

function loadRows(remotes: number): NamedRow[] {
  return [
    {
      group: 'load',
      name: `load-told-${remotes}`,
      says: `told-${remotes} while 8 full listings run`,
      unit: 'ms',
      targets: [],
    },
    lostRow('load', `load-lost-${remotes}`),
  ]
}

function lostRow(group: Group, name: string): NamedRow {
  return { group, name, says: '  not told, or wrongly', unit: '', targets: [{ of: 'again', most: 0 }] }
}

/** Promised for a crowd of 15,000; the fixed costs of a small one would be counted to each of it. */
function memoryRow(remotes: number, when: string, most: number): NamedRow {
  return {
    group: 'told',
    name: `memory-${when}-${remotes}`,
    says: `  memory of each that ${when === 'waiting' ? 'waits' : 'waits again'}`,
    unit: 'kB',
    targets: remotes >= 15_000 ? [{ of: 'again', most }] : [],
  }
}
