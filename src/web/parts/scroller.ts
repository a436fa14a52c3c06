// The column that scrolls: the same in every layout, so that Back can put it where it was, to the pixel.

let column: HTMLElement | null = null

export function setScroller(element: HTMLElement | null): void {
  column = element
}

export function scroller(): HTMLElement | null {
  return column
}

/** Brings a row under the eye, if it is not. */
export function revealRow(list: HTMLElement | null, top: number, height: number): void {
  if (!column || !list) return
  const listTop = list.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop
  const [from, to] = [listTop + top, listTop + top + height]
  const margin = 72 // what lies over the edges
  if (from < column.scrollTop + margin) column.scrollTop = Math.max(0, from - margin)
  else if (to > column.scrollTop + column.clientHeight - margin)
    column.scrollTop = to - column.clientHeight + margin
}
