// The rows of the table and what they must reach: design numbers as data.

import { again, first, type NamedRow, row } from '../row-table.ts'

export const groups = ['tap', 'told', 'load', 'memory'] as const
export type Group = (typeof groups)[number]

/** All remotes are told within so many ms; by how many there are at least. */
const toldTargets: readonly (readonly [remotes: number, mostMs: number])[] = [
  [15_000, 500],
  [1000, 50],
  [1, 2],
]

/** Memory is counted per remote where there are enough of them to tell it from everything else. */
export const leastForMemory = 1000

/** For so many waiting remotes, in the order in which the rows are printed. */
export function rowsOf(remoteCounts: readonly number[]): readonly NamedRow<Group>[] {
  return [
    row('tap', 'tap-playing', 'album tapped until a status says playing', 'ms', first(60), again(30)),
    ...remoteCounts.flatMap(waitingRows),
    ...remoteCounts.flatMap(loadRows),
    row('load', 'load-listings', '8 full listings, three times each', 'ms'),
    row('load', 'underruns', 'times that the sound tore meanwhile', '', again(0)),
    row('memory', 'memory-after', 'memory after everything but the crowd', 'MB', again(300)),
  ]
}

function waitingRows(remotes: number): NamedRow<Group>[] {
  const [, most] = toldTargets.find(([least]) => remotes >= least) ?? []
  const who = remotes === 1 ? 'the waiting remote' : `all of ${remotes} waiting remotes`
  const says = `command sent until ${who} told`
  const memory = [
    memoryRow(remotes, 'waiting', '  memory of each that waits', 16),
    memoryRow(remotes, 'answered', '  memory of each that waits again', 20),
  ]
  return [
    row('told', `told-${remotes}`, says, 'ms', ...(most === undefined ? [] : [again(most)])),
    lostRow('told', `lost-${remotes}`),
    ...(remotes >= leastForMemory ? memory : []),
  ]
}

function loadRows(remotes: number): NamedRow<Group>[] {
  return [
    row('load', `load-told-${remotes}`, `told-${remotes} while 8 full listings run`, 'ms'),
    lostRow('load', `load-lost-${remotes}`),
  ]
}

function lostRow(group: Group, name: string): NamedRow<Group> {
  return row(group, name, '  not told, or wrongly', '', again(0))
}

/** Promised for a crowd of 15,000; the fixed costs of a small one would be counted to each of it. */
function memoryRow(remotes: number, when: string, says: string, most: number): NamedRow<Group> {
  return row('told', `memory-${when}-${remotes}`, says, 'kB', ...(remotes >= 15_000 ? [again(most)] : []))
}
