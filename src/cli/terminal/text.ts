// Text on a terminal: how wide it is, how it is cut, and nothing in it that would drive the terminal.

/** Made when it is needed: it takes longer than all the rest of a start's first lines. */
let segmenter: Intl.Segmenter | undefined
const graphemes = () => (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' }))
/** Controls, and what turns the direction of the line: names come from the network and from tags. */
const unprintable = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu
/** East Asian wide and fullwidth, and emoji, take two columns. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u

/** One line, without control characters. */
export function printable(text: string): string {
  return text.replace(unprintable, ' ')
}

/** Columns that it takes. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes().segment(text))
    width += wide.test(segment) ? 2 : isMark(segment) ? 0 : 1
  return width
}

function isMark(segment: string): boolean {
  return /^[\p{Mn}\p{Me}\u200b-\u200d]+$/u.test(segment)
}

/** At most this many columns, with … where something is missing. */
export function cut(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  let kept = ''
  let width = 1
  for (const { segment } of graphemes().segment(text)) {
    width += displayWidth(segment)
    if (width > columns) break
    kept += segment
  }
  return `${kept}…`
}

/** `3:05`, `1:02:03`. */
export function timeText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60]
  const hours = Math.floor(seconds / 3600)
  const all = hours > 0 ? [hours, ...parts] : parts
  return all.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** `1:23`, `83`, `1:02:03`, to ms; undefined when it is none. */
export function parseTime(text: string): number | undefined {
  if (!/^\d{1,6}(:[0-5]?\d){0,2}(\.\d{1,3})?$/.test(text)) return undefined
  return Math.round(text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0) * 1000)
}

/** "1 song", "2 songs". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
