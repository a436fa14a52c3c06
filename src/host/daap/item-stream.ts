import { constants, type Stats } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { KnownError } from '../../errors.ts'
import type { Answer, Endpoint, EndpointContext } from '../endpoint.ts'
import { rangeIn } from './byte-range.ts'
import { fileStream } from './file-stream.ts'
import { idIn, requireMainDatabase } from './path-ids.ts'
import { playedCodecs, type WavForm, wavFormOf } from './wav-form.ts'

/**
 * The sound of a song: as the file holds it, or as WAV for a client that cannot play the file.
 *
 * Request GET or HEAD /databases/1/items/11.mp3; the ending is for people. `Range`, `If-None-Match`,
 *         `If-Modified-Since` and `If-Range` are understood.
 * Answers 200 or 206 with the bytes, 304, or 416. The type is DMAP's by tradition; players look at the bytes.
 * Fails   NOT_FOUND for a song that the library does not list, or whose file has gone. As WAV: CANNOT_DECODE,
 *         TOO_MANY_STREAMS.
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
  const form = wavFormOf(song, playedCodecs(context))
  try {
    const stats = await statFile(file, id)
    const sendFile = (start: number, length: number) => {
      isSending = true
      return fileStream(file, start, length)
    }
    return await answerFor(context, form ? asWav(song.path, form, stats) : asItIs(stats, sendFile))
  } finally {
    if (!isSending) await file.close()
  }
}

/** What can be sent, whole or in part. */
interface Sound {
  readonly sizeBytes: number
  readonly entityTag: string
  readonly lastModified: Date
  send(start: number, length: number): Readable | Promise<Readable>
}

function asItIs(stats: Stats, send: Sound['send']): Sound {
  return { sizeBytes: stats.size, entityTag: `"${fileTag(stats)}"`, lastModified: changedAt(stats), send }
}

function asWav(path: string, form: WavForm, stats: Stats): Sound {
  const { sizeBytes } = form
  return {
    sizeBytes,
    entityTag: `"${fileTag(stats)}-wav${sizeBytes.toString(16)}"`,
    lastModified: changedAt(stats),
    async send(start, length) {
      const { wavStream } = await import('./wav-stream.ts')
      return wavStream(path, form, start, length)
    },
  }
}

function fileTag({ size, mtimeMs }: Stats): string {
  return `${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}`
}

/** To the second, as HTTP says dates. */
function changedAt({ mtimeMs }: Stats): Date {
  return new Date(Math.trunc(mtimeMs / 1000) * 1000)
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

async function answerFor({ headers, method }: EndpointContext, sound: Sound): Promise<Answer> {
  const { sizeBytes, entityTag, lastModified } = sound
  const common = {
    'Content-Type': 'application/x-dmap-tagged',
    'Accept-Ranges': 'bytes',
    ETag: entityTag,
    'Last-Modified': lastModified.toUTCString(),
  }
  if (isUnchanged(headers, entityTag, lastModified)) return { status: 304, headers: common, body: undefined }

  const isRangeValid = isSameFile(headers['if-range'], entityTag, lastModified)
  // HEAD knows no parts (RFC 9110, 14.2).
  const isPart = isRangeValid && method !== 'HEAD'
  const range = isPart ? rangeIn(headers['range'], sizeBytes) : undefined
  if (range === 'unsatisfiable')
    return { status: 416, headers: { ...common, 'Content-Range': `bytes */${sizeBytes}` }, body: undefined }

  const { start, length } = range ?? { start: 0, length: sizeBytes }
  const sized = { ...common, 'Content-Length': String(length) }
  // Nothing is decoded for who wants the headers alone.
  const body = method === 'HEAD' ? Readable.from([]) : await sound.send(start, length)
  if (range === undefined) return { status: 200, headers: sized, body }
  const contentRange = `bytes ${start}-${start + length - 1}/${sizeBytes}`
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
