// Writes an answer over its socket: whole, piece by piece or as a stream, zipped where that is wanted.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { gzip, gzipSync } from 'node:zlib'
import { sendLargeBody } from './body-pump.ts'
import type { HostResponse } from './http-message.ts'
import { isLargeBody, type LargeBody, largeBytes, piecesOf } from './large-body.ts'

/** Bodies smaller than this gain nothing from gzip (OwnTone's limit too). */
const leastGzipBytes = 512
/** Up to here it is zipped at once: the way to another thread and back takes longer (130 µs; a page of songs 30). */
const mostAtOnceBytes = 32 * 1024
const noBytes = new Uint8Array(0)

/** Resolves when the last byte is on its way; undefined: it is already, as it is with most answers. */
export function writeResponse(
  raw: IncomingMessage,
  response: ServerResponse,
  answer: HostResponse,
  server: string,
): Promise<void> | undefined {
  const { body = noBytes } = answer
  if (raw.socket.destroyed) {
    if (body instanceof Readable) body.destroy()
    return undefined
  }
  const headers = ['DAAP-Server', server].concat(answer.headers)
  if (body instanceof Readable) return writeStream(raw, response, answer.status, headers, body)
  if (isLargeBody(body)) return writeLarge(raw, response, answer, headers, body)
  if (body.length > largeBytes) return writeLarge(raw, response, answer, headers, piecesOf(body))
  if (answer.isCompressible && body.length > leastGzipBytes && acceptsGzip(raw)) {
    headers.push(...gzipHeaders)
    if (body.length > mostAtOnceBytes) return writeZipped(raw, response, answer.status, headers, body)
    writeBytes(raw, response, answer.status, headers, gzipSync(body, gzipOptions))
  } else writeBytes(raw, response, answer.status, headers, body)
  return undefined
}

function writeBytes(
  raw: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: string[],
  bytes: Uint8Array,
): void {
  // What 304 leaves out has a length of its own, which is not 0.
  if (status !== 304) headers.push('Content-Length', String(bytes.length))
  response.writeHead(status, headers)
  response.end(raw.method === 'HEAD' ? undefined : bytes)
}

async function writeZipped(
  raw: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: string[],
  plain: Uint8Array,
): Promise<void> {
  writeBytes(raw, response, status, headers, await gzipped(plain, gzipOptions))
}

/** What is zipped on the way has no length beforehand, so HTTP's chunks tell where it ends. */
async function writeLarge(
  raw: IncomingMessage,
  response: ServerResponse,
  { status, isCompressible, endsWith }: HostResponse,
  headers: string[],
  body: LargeBody,
): Promise<void> {
  const isZipped = isCompressible && acceptsGzip(raw)
  if (isZipped) headers.push(...gzipHeaders)
  else headers.push('Content-Length', String(body.lengthBytes))
  response.writeHead(status, headers)
  if (raw.method === 'HEAD') response.end()
  else await sendLargeBody({ response, body, isZipped, endsWith })
}

/** A song's sound; its headers tell its length. */
async function writeStream(
  raw: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: string[],
  body: Readable,
): Promise<void> {
  try {
    response.writeHead(status, headers)
  } catch (error) {
    body.destroy() // its file is open
    throw error
  }
  if (raw.method === 'HEAD') {
    body.destroy()
    response.end()
  } else await pipeline(body, response)
}

const gzipHeaders = ['Content-Encoding', 'gzip', 'Vary', 'Accept-Encoding']

const gzipOptions = { level: 1 }
const gzipped = promisify<Uint8Array, { level: number }, Buffer>(gzip)

function acceptsGzip(raw: IncomingMessage): boolean {
  const accepted = raw.headers['accept-encoding']
  return typeof accepted === 'string' && /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/i.test(accepted)
}
