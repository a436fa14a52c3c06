// How a bench lists its rows: one line each, with what they must reach.

import type { RowFacts, Target } from './rows.ts'

export interface NamedRow<Group extends string> extends RowFacts {
  /** The `--rows` it belongs to. */
  readonly group: Group
  readonly name: string
}

export function row<Group extends string>(
  group: Group,
  name: string,
  says: string,
  unit: RowFacts['unit'],
  ...targets: Target[]
): NamedRow<Group> {
  return { group, name, says, unit, targets }
}

export const first = (most: number): Target => ({ of: 'first', most })
export const again = (most: number): Target => ({ of: 'again', most })
/** For what is better the more of it there is. */
export const atLeast = (least: number): Target => ({ of: 'again', least })
