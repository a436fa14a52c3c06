// Times and texts as people read them.

/** "6:10", "1:02:03". */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** What is left, with a minus that is one (U+2212). */
export function remainingText(positionMs: number, durationMs: number): string {
  return `\u2212${clockText(Math.max(0, durationMs - positionMs))}`
}

/** Up to two letters for the label of a record: the first of two words. */
export function initialsOf(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? []
  return words
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('')
    .toUpperCase()
}

export interface TextPart {
  readonly text: string
  readonly isMatch: boolean
}

/** A text in parts, those that begin a word as one of `words` does marked. Case and accents do not matter. */
export function markedParts(text: string, words: readonly string[]): TextPart[] {
  const wanted = words.map(folded).filter(Boolean)
  if (wanted.length === 0) return [{ text, isMatch: false }]
  const parts: TextPart[] = []
  let plainFrom = 0
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const length = Math.max(0, ...wanted.map((start) => matchedLength(word, start)))
    if (length === 0) continue
    if (index > plainFrom) parts.push({ text: text.slice(plainFrom, index), isMatch: false })
    parts.push({ text: text.slice(index, index + length), isMatch: true })
    plainFrom = index + length
  }
  if (plainFrom < text.length) parts.push({ text: text.slice(plainFrom), isMatch: false })
  return parts
}

/** How much of `word` says what the folded `start` says; 0 when it begins otherwise. */
function matchedLength(word: string, start: string): number {
  let said = ''
  let length = 0
  for (const letter of word) {
    if (said.length >= start.length) break
    said += folded(letter)
    length += letter.length
  }
  if (!said.startsWith(start)) return 0
  // An accent that is a letter of its own in Unicode belongs to what it stands on.
  return length + (/^\p{M}+/u.exec(word.slice(length))?.[0].length ?? 0)
}

export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
