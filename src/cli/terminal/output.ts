// What a command prints: aligned lines for people, JSON for programs.

import { styleText } from 'node:util'
import { cut, displayWidth, printable } from './text.ts'

type Style = Parameters<typeof styleText>[0]

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
  readonly style?: Style
  /** Cut first when the line does not fit the terminal. */
  readonly isElastic?: boolean
}

const gap = '  '
const narrowestColumn = 8

export function line(text = ''): void {
  process.stdout.write(`${text}\n`)
}

/** One JSON value on one line. */
export function jsonLine(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** To the person at the terminal, beside what is printed: never in the way of a pipe. */
export function remark(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Plain unless stdout is a terminal that wants colours (NO_COLOR, FORCE_COLOR). */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

/** Rows under their titles. On a pipe: the same, uncut and without titles' style. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const cells = rows.map((row) => row.map(printable))
  const natural = columns.map(({ title }, index) =>
    cells.reduce((widest, row) => Math.max(widest, displayWidth(row[index] ?? '')), displayWidth(title)),
  )
  const widths = process.stdout.isTTY ? fitted(columns, natural, process.stdout.columns) : natural
  line(
    rowText(
      columns,
      widths,
      columns.map(({ title }) => title),
      'dim',
    ),
  )
  for (const row of cells) line(rowText(columns, widths, row))
}

/** Takes from the widest elastic column until the line fits. */
export function fitted(
  columns: readonly Pick<Column, 'isElastic'>[],
  natural: readonly number[],
  terminalColumns: number,
): number[] {
  const widths = [...natural]
  let excess = widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1)) - terminalColumns
  while (excess > 0) {
    const elastic = widths
      .map((width, index) => ({ width, index }))
      .filter(({ width, index }) => columns[index]?.isElastic && width > narrowestColumn)
      .toSorted((one, other) => other.width - one.width)
    const [widest, second] = elastic
    if (!widest) break
    const least = Math.max(narrowestColumn, second ? second.width - 1 : narrowestColumn)
    const taken = Math.max(1, Math.min(excess, widest.width - least))
    widths[widest.index] = widest.width - taken
    excess -= taken
  }
  return widths
}

function rowText(
  columns: readonly Column[],
  widths: readonly number[],
  row: readonly string[],
  style?: Style,
): string {
  const texts = columns.map((column, index) => {
    const width = widths[index] ?? 0
    const text = cut(row[index] ?? '', width)
    const padding = ' '.repeat(Math.max(0, width - displayWidth(text)))
    const padded = column.align === 'right' ? padding + text : text + padding
    const isLast = index === columns.length - 1
    const shown = isLast && column.align !== 'right' ? text : padded
    const chosen = style ?? column.style
    return chosen ? styled(chosen, shown) : shown
  })
  return texts.join(gap)
}
