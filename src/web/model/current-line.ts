/** The line that is sung at a moment; -1 before the first. */
export function currentLine(lines: readonly { readonly atMs: number }[], positionMs: number): number {
  return lines.findLastIndex(({ atMs }) => atMs <= positionMs)
}
