// What a line of a playlist may mean: paths on this machine, or the tail of a path on another one.

import { resolve } from 'node:path'

export interface Meaning {
  /** Absolute, best first. Only ever compared with paths of songs, never opened. */
  readonly paths: readonly string[]
  /** The last parts of an absolute path, which may be another machine's or an older one; [] for a relative one. */
  readonly tail: readonly string[]
}

const nothing: Meaning = { paths: [], tail: [] }
/** As file systems have it. */
const longestReference = 4096

/** `folder` is the one that the playlist lies in. */
export function meaningOf(reference: string, folder: string): Meaning {
  if (reference.length > longestReference || reference.includes('\0')) return nothing
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(reference)?.[1]?.toLowerCase()
  if (scheme === 'file') return meaningOfUrl(reference, folder)
  if (scheme !== undefined && /^[a-z0-9+.-]+:\/\//i.test(reference)) return nothing // a stream from elsewhere
  return meaningOfPath(reference, folder)
}

/** file:///path, file://localhost/path, file:/path, file:///C:/path, file://server/share/path. */
function meaningOfUrl(url: string, folder: string): Meaning {
  const match = /^file:(?:\/\/([^/\\]*))?(.*)$/is.exec(url)
  const path = decoded(match?.[2] ?? '').replace(/^[\\/]+(?=[a-z]:)/i, '')
  const server = match?.[1] ?? ''
  const isHere = server === '' || server.toLowerCase() === 'localhost'
  return isHere ? meaningOfPath(path, folder) : { paths: [], tail: partsOf(path) }
}

function meaningOfPath(path: string, folder: string): Meaning {
  if (path === '' || path.includes('\0')) return nothing
  const isOfWindows = /^[a-z]:|^\\\\/i.test(path)
  if (isOfWindows && process.platform !== 'win32') return { paths: [], tail: partsOf(path) }
  const written = [path, path.replaceAll('\\', '/'), decoded(path), decoded(path).replaceAll('\\', '/')]
  const paths = [...new Set(written)].map((text) => resolve(folder, text))
  return { paths, tail: /^[\\/]/.test(path) || isOfWindows ? partsOf(path) : [] }
}

/** Without a drive and without steps up. */
function partsOf(path: string): string[] {
  const parts: string[] = []
  for (const part of path.replace(/^[a-z]:/i, '').split(/[\\/]+/)) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts
}

/** As it is when its escapes make no sense: a "%" may just be one. */
function decoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    const plain = decodeURIComponent(text)
    return plain.includes('\0') ? text : plain
  } catch {
    return text
  }
}
