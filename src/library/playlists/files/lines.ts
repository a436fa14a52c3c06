/** Lines one by one, whatever ends them: a text of a million of them is never held twice. */
export function* linesOf(text: string): Iterable<string> {
  const end = /\r\n|[\n\r]/g
  let start = 0
  for (let match = end.exec(text); match; match = end.exec(text)) {
    yield text.slice(start, match.index)
    start = end.lastIndex
  }
  if (start < text.length) yield text.slice(start)
}
