// The page in the browser: which file a path means that is no endpoint's, and in which form a browser takes it.

import type { HostRequest, HostResponse, Target } from '../http/http-message.ts'
import { indexPath, type PageFile, type PageFiles } from './page-files.ts'

/** Undefined for what is not of the page. */
export function pageAnswer(
  request: HostRequest,
  { path }: Target,
  files: PageFiles,
  withAbout: (page: PageFile) => PageFile,
): HostResponse | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const name = path === '/' || isPlaceInPage(request, path) ? indexPath : path
  const file = files.get(name)
  return file && fileAnswer(request, name === indexPath ? withAbout(file) : file)
}

/** Where a person has gone within the page, and loads it again: the page itself knows what is there. */
function isPlaceInPage({ headers }: HostRequest, path: string): boolean {
  const isFile = path.slice(path.lastIndexOf('/')).includes('.')
  const isForPeople = headers['accept']?.includes('text/html') ?? false
  return !isFile && isForPeople
}

function fileAnswer({ headers: asked }: HostRequest, file: PageFile): HostResponse {
  const headers = [
    ...file.headers,
    ...['Cache-Control', file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache'],
    ...['ETag', file.etag, 'Vary', 'Accept-Encoding'],
  ]
  const isKnown = asked['if-none-match']?.split(/\s*,\s*/).includes(file.etag) ?? false
  if (isKnown) return { status: 304, headers, body: undefined, isCompressible: false }
  const form = formFor(asked['accept-encoding'] ?? '', file)
  const encoding = form.encoding === undefined ? [] : ['Content-Encoding', form.encoding]
  return {
    status: 200,
    headers: ['Content-Type', file.mediaType, ...encoding, ...headers],
    body: form.bytes,
    isCompressible: false,
  }
}

function formFor(
  acceptEncoding: string,
  { plain, gzip, brotli }: PageFile,
): { encoding?: string; bytes: Uint8Array } {
  if (brotli && accepts(acceptEncoding, 'br')) return { encoding: 'br', bytes: brotli }
  if (gzip && accepts(acceptEncoding, 'gzip')) return { encoding: 'gzip', bytes: gzip }
  return { bytes: plain }
}

/** "gzip;q=0" is a no. */
function accepts(acceptEncoding: string, name: string): boolean {
  const asked = acceptEncoding.split(',').map((part) =>
    part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/),
  )
  return asked.some(([coding, weight = 'q=1']) => coding === name && !/^q=0(?:\.0*)?$/.test(weight))
}
