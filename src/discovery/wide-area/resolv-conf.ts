// The search domains of this machine. The file belongs to the system: it is only read, and may be missing or odd.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const usualFile = '/etc/resolv.conf'
/** More than any system writes. */
const mostBytes = 64 * 1024
/** As many as the resolver of the system looks at. */
const mostDomains = 6

export function systemSearchDomains(file = usualFile): string[] {
  return searchDomainsIn(beginningOf(file))
}

/** The last `search` or `domain` line counts, as in resolv.conf(5); what is no domain is left out. */
export function searchDomainsIn(text: string): string[] {
  let domains: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const [keyword, ...values] = line.trim().split(/\s+/)
    if (keyword === 'search' || keyword === 'domain') domains = values
  }
  const proper = domains
    .map((domain) => domain.toLowerCase().replace(/\.$/, ''))
    .filter(
      (domain) => /^(?!.{254})[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/.test(domain) && domain !== 'local',
    )
  return [...new Set(proper)].slice(0, mostDomains)
}

/** '' for what is no file, or may not be read. */
function beginningOf(path: string): string {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    if (!fstatSync(file).isFile()) return ''
    const bytes = Buffer.alloc(mostBytes)
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, mostBytes, 0))
  } catch {
    return ''
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
