// Which rows of a list of any length are drawn: those under the eye and half a page more each way.

export interface Grid {
  readonly count: number
  readonly columns: number
  readonly rowHeight: number
}

export interface Range {
  readonly from: number
  /** Without it. */
  readonly to: number
}

/** `top` is where the list's own beginning stands above the upper edge of what is seen, px. */
export function visibleRange({ count, columns, rowHeight }: Grid, top: number, height: number): Range {
  const margin = height / 2
  const firstRow = Math.max(0, Math.floor((top - margin) / rowHeight))
  const lastRow = Math.max(0, Math.ceil((top + height + margin) / rowHeight))
  const from = Math.min(count, firstRow * columns)
  return { from, to: Math.max(from, Math.min(count, lastRow * columns)) }
}

/** The first that is seen whole. */
export function firstSeen({ count, columns, rowHeight }: Grid, top: number): number {
  return Math.min(Math.max(0, count - 1), Math.max(0, Math.ceil(top / rowHeight)) * columns)
}

export function heightOf({ count, columns, rowHeight }: Grid): number {
  return Math.ceil(count / columns) * rowHeight
}

export function columnsIn(width: number, leastWidth: number, gap: number): number {
  return Math.max(1, Math.floor((width + gap) / (leastWidth + gap)))
}

/** The letter under the eye: the last one that begins at or before `index`. */
export function letterAt<Letter extends { readonly offset: number; readonly count: number }>(
  letters: readonly Letter[],
  index: number,
): Letter | undefined {
  return letters.findLast(({ offset, count }) => count > 0 && offset <= index)
}
