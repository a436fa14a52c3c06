// The built page in memory: every file that a browser may ask for, by its path. What is not in this list does not
// exist, whatever a path says. Read anew when the page was built anew.

import { createHash } from 'node:crypto'
import { globSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { pageHeaders, pageHeadersFor } from './page-headers.ts'

export interface PageFile {
  readonly mediaType: string
  /** Its name changes with its content. */
  readonly isHashed: boolean
  /** With its quotes. */
  readonly etag: string
  /** What it may do, names and values in turn. */
  readonly headers: readonly string[]
  readonly plain: Uint8Array
  /** Where the build, or who filled it, made them. */
  readonly gzip: Uint8Array | undefined
  readonly brotli: Uint8Array | undefined
}

/** By path, "/assets/index-4f2a.js". */
export type PageFiles = ReadonlyMap<string, PageFile>

export const indexPath = '/index.html'

/** Others are not sent. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Gives the page as it is now; undefined where none is built. */
export function pageFilesIn(folder: string): () => PageFiles | undefined {
  let files: PageFiles | undefined
  let readAt = ''

  return () => {
    const stamp = stampOf(join(folder, 'index.html'))
    if (stamp === readAt) return files
    // In the middle of a build parts may be missing: what was there before is good until the next request.
    const found = stamp === undefined ? undefined : readFiles(folder)
    if (stamp === undefined || found !== undefined) {
      files = found
      readAt = stamp ?? ''
    }
    return files
  }
}

function stampOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  return found && `${found.mtimeMs} ${found.size}`
}

function readFiles(folder: string): PageFiles | undefined {
  try {
    const files = new Map<string, PageFile>()
    for (const name of globSync('**/*', { cwd: folder })) {
      const mediaType = mediaTypes[extname(name)]
      if (mediaType === undefined) continue
      const path = `/${name.replaceAll('\\', '/')}`
      files.set(path, readPageFile(join(folder, name), { mediaType, isHashed: path.startsWith('/assets/') }))
    }
    return files
  } catch {
    return undefined
  }
}

function readPageFile(file: string, facts: Pick<PageFile, 'mediaType' | 'isHashed'>): PageFile {
  const plain = readFileSync(file)
  const headers = facts.mediaType.startsWith('text/html') ? pageHeadersFor(scriptsIn(plain)) : pageHeaders
  return {
    ...facts,
    etag: etagOf(plain),
    headers,
    plain,
    gzip: readIfThere(`${file}.gz`),
    brotli: readIfThere(`${file}.br`),
  }
}

export function etagOf(bytes: Uint8Array): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
}

/** Those that the build has put into the page itself. */
function scriptsIn(html: Buffer): string[] {
  return Array.from(html.toString().matchAll(/<script>(.*?)<\/script>/gs), ([, script = '']) => script)
}

function readIfThere(file: string): Uint8Array | undefined {
  return statSync(file, { throwIfNoEntry: false }) ? readFileSync(file) : undefined
}
