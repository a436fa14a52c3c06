// Paths on the host's machine, which may have the slashes of another system than the one the page is on.

const slashOf = (path: string): string => (/^[A-Za-z]:|^\\\\/.test(path) ? '\\' : '/')

export function insideOf(folder: string, name: string): string {
  const slash = slashOf(folder)
  return folder.endsWith(slash) ? `${folder}${name}` : `${folder}${slash}${name}`
}

/** Undefined at the top. */
export function parentOf(path: string): string | undefined {
  const slash = slashOf(path)
  const at = path.lastIndexOf(slash)
  if (at < 0 || at === path.length - 1) return undefined
  const parent = path.slice(0, at)
  return parent === '' || parent.endsWith(':') ? `${parent}${slash}` : parent
}
