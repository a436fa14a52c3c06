// The rows of the table and what they must reach: design numbers as data.

import { again, atLeast, first, type NamedRow, row } from '../row-table.ts'

export const groups = ['size', 'open', 'search', 'tap', 'scroll', 'memory'] as const
export type Group = (typeof groups)[number]

export const rows: readonly NamedRow<Group>[] = [
  row('size', 'script-size', 'script at first load, gzip', 'kB', again(61.44)), // 60 KB of 1024 bytes
  row('size', 'style-size', 'style at first load, gzip', 'kB'),
  row('open', 'first-list', 'page opened until the first albums are shown', 'ms', first(300), again(300)),
  row('search', 'search-key', 'key pressed until its results are shown', 'ms', again(50)),
  row('tap', 'tap-shown', 'pause tapped until it is shown', 'ms', again(17)),
  row('tap', 'tap-seen', 'pause tapped until another page shows it', 'ms', again(100)),
  row('scroll', 'scroll-frames', 'frames a second, scrolling through all songs', '/s', atLeast(59.5)),
  row('scroll', 'scroll-worst', 'longest time without a new frame', 'ms', again(34)),
  // What is drawn beyond the screen lasts so long.
  row('scroll', 'scroll-rows', 'longest time in which no rows were brought', 'ms', again(75)),
  row('memory', 'page-memory', 'script memory of the page after all of it', 'MB', again(60)),
]
