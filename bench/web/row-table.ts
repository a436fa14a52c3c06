// The rows of the table and what they must reach: design numbers as data.

import type { RowFacts } from '../rows.ts'

export const groups = ['size', 'open', 'search', 'tap', 'scroll', 'memory'] as const
export type Group = (typeof groups)[number]

export interface NamedRow extends RowFacts {
  readonly group: Group
  readonly name: string
}

export const rows: readonly NamedRow[] = [
  {
    group: 'size',
    name: 'script-size',
    says: 'script at first load, gzip',
    unit: 'kB',
    targets: [{ of: 'again', most: 61.44 }], // 60 KB of 1024 bytes
  },
  { group: 'size', name: 'style-size', says: 'style at first load, gzip', unit: 'kB', targets: [] },
  {
    group: 'open',
    name: 'first-list',
    says: 'page opened until the first albums are shown',
    unit: 'ms',
    targets: [
      { of: 'first', most: 300 },
      { of: 'again', most: 300 },
    ],
  },
  {
    group: 'search',
    name: 'search-key',
    says: 'key pressed until its results are shown',
    unit: 'ms',
    targets: [{ of: 'again', most: 50 }],
  },
  {
    group: 'tap',
    name: 'tap-shown',
    says: 'pause tapped until it is shown',
    unit: 'ms',
    targets: [{ of: 'again', most: 17 }],
  },
  {
    group: 'tap',
    name: 'tap-seen',
    says: 'pause tapped until another page shows it',
    unit: 'ms',
    targets: [{ of: 'again', most: 100 }],
  },
  {
    group: 'scroll',
    name: 'scroll-frames',
    says: 'frames a second, scrolling through all songs',
    unit: '/s',
    targets: [{ of: 'again', least: 59.5 }],
  },
  {
    group: 'scroll',
    name: 'scroll-worst',
    says: 'longest time without a new frame',
    unit: 'ms',
    targets: [{ of: 'again', most: 34 }],
  },
  {
    group: 'scroll',
    name: 'scroll-rows',
    says: 'longest time in which no rows were brought',
    unit: 'ms',
    targets: [{ of: 'again', most: 75 }], // what is drawn beyond the screen lasts so long
  },
  {
    group: 'memory',
    name: 'page-memory',
    says: 'script memory of the page after all of it',
    unit: 'MB',
    targets: [{ of: 'again', most: 60 }],
  },
]
