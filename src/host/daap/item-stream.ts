import { constants, type Stats } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { KnownError } from '../../errors.ts'
import type { Answer, Endpoint, EndpointContext } from '../endpoint.ts'
import { rangeIn } from './byte-range.ts'
import { fileStream } from './file-stream.ts'
import { idIn, requireMainDatabase } from './path-ids.ts'

/**
 * The sound of a song, as the file holds it.
 *
 * Request GET or HEAD /databases/1/items/11.mp3; the ending is for people. `Range`, `If-None-Match`,
 *         `If-Modified-Since` and `If-Range` are understood.
 * Answers 200 or 206 with the bytes, 304, or 416. The type is DMAP's by tradition; players look at the bytes.
 * Fails   NOT_FOUND for a song that the library does not list, or whose file has gone.
 * Source  docs/protocol/daap-library.md, section 11; RFC 9110, sections 13 and 14.
 */
export const itemStream: Endpoint = async (context) => {
  const { params, library } = context
  requireMainDatabase(params['database'])
  const id = idIn(params['file']?.split('.', 1)[0])
  const song = library.view.song(id)
  if (song === undefined) throw new KnownError('NOT_FOUND', { item: id })

  // The path is the library's own; nothing of the request gets into it.
  const file = await openListed(song.path, id)
  let isSending = false
  try {
    const answer = answerFor(context, file, await statFile(file, id))
    isSending = typeof answer === 'object' && 'body' in answer && answer.body !== undefined
    return answer
  } finally {
    if (!isSending) await file.close()
  }
}

async function openListed(path: string, item: number): Promise<FileHandle> {
  try {
    // Non-blocking: should a pipe have taken the file's place, opening it must not wait for a writer.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    throw new KnownError('NOT_FOUND', { item }, error)
  }
}

async function statFile(file: FileHandle, item: number): Promise<Stats> {
  const stats = await file.stat()
  if (!stats.isFile()) throw new KnownError('NOT_FOUND', { item })
  return stats
}

function answerFor({ headers }: EndpointContext, file: FileHandle, stats: Stats): Answer {
  const entityTag = `"${stats.size.toString(16)}-${Math.trunc(stats.mtimeMs).toString(16)}"`
  const lastModified = new Date(Math.trunc(stats.mtimeMs / 1000) * 1000)
  const common = {
    'Content-Type': 'application/x-dmap-tagged',
    'Accept-Ranges': 'bytes',
    ETag: entityTag,
    'Last-Modified': lastModified.toUTCString(),
  }
  if (isUnchanged(headers, entityTag, lastModified)) return { status: 304, headers: common, body: undefined }

  const isRangeValid = isSameFile(headers['if-range'], entityTag, lastModified)
  const range = isRangeValid ? rangeIn(headers['range'], stats.size) : undefined
  if (range === 'unsatisfiable')
    return { status: 416, headers: { ...common, 'Content-Range': `bytes */${stats.size}` }, body: undefined }

  const { start, length } = range ?? { start: 0, length: stats.size }
  const sized = { ...common, 'Content-Length': String(length) }
  const body = fileStream(file, start, length)
  if (range === undefined) return { status: 200, headers: sized, body }
  const contentRange = `bytes ${start}-${start + length - 1}/${stats.size}`
  return { status: 206, headers: { ...sized, 'Content-Range': contentRange }, body }
}

/** Whether the client has these very bytes. A tag counts more than a date (RFC 9110, 13.2.2). */
function isUnchanged(headers: EndpointContext['headers'], entityTag: string, lastModified: Date): boolean {
  const tags = headers['if-none-match']
  if (tags !== undefined) {
    const bare = tags.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
    return bare.includes('*') || bare.includes(entityTag)
  }
  const since = Date.parse(headers['if-modified-since'] ?? '')
  return lastModified.getTime() <= since
}

/** Whether a part may be sent: yes without `If-Range`, else only of the same bytes that the client has a part of. */
function isSameFile(ifRange: string | undefined, entityTag: string, lastModified: Date): boolean {
  if (ifRange === undefined) return true
  return ifRange === entityTag || Date.parse(ifRange) === lastModified.getTime()
}
