// Names of playlists, from files and from remotes.

const longestName = 255

/** One line without control characters and surrounding space; undefined when nothing, or too much, is left. */
export function nameIn(text: string): string | undefined {
  const name = text
    .replace(/\p{Cc}+/gu, ' ')
    .toWellFormed()
    .trim()
  return name === '' || name.length > longestName ? undefined : name
}
