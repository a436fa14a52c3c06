// Listening from elsewhere: who may, and what they are sent at `/stream/KEY.EXT`.

import { Readable } from 'node:stream'
import { encodedFormats } from '../../audio/index.ts'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { Database } from '../../library/index.ts'
import type { Player } from '../../player/index.ts'
import type { HostRequest, HostResponse, Target } from '../http/http-message.ts'
import type { Pairings } from '../pairing/pairings.ts'
import type { Attempts } from '../sessions/attempts.ts'
import { icyIntervalBytes, icyStream } from './icy.ts'
import type { Listeners } from './listeners.ts'
import { type Maker, openStreamKeys, type StreamKey } from './stream-keys.ts'

export interface Streams {
  make(stream: { name: string; maker: Maker }): StreamKey
  list(): readonly (StreamKey & { readonly listeners: ReturnType<Listeners['list']> })[]
  /** Ends who listens by it. False when there is none. */
  remove(id: string): Promise<boolean>
  /** The pairing was revoked: all its streams end. */
  removeAllOf(guid: bigint): Promise<void>
  /** NO_SUCH_STREAM, TOO_MANY_LISTENERS, TOO_MANY_ATTEMPTS. */
  answer(request: HostRequest, target: Target): Promise<HostResponse>
  close(): void
}

export interface StreamParts {
  readonly database: Database
  readonly pairings: Pairings
  readonly player: Player
  readonly attempts: Attempts
  readonly clock: Clock
  readonly libraryName: string
  /** Without them nobody can listen here: NO_SUCH_STREAM. */
  readonly listeners: Listeners | undefined
}

const mediaTypes = { mp3: 'audio/mpeg', flac: 'audio/flac', opus: 'audio/ogg', wav: 'audio/wav' } as const

export function createStreams(parts: StreamParts): Streams {
  const { pairings, player, attempts } = parts
  const keys = openStreamKeys(parts.database, parts.clock)

  /** A remote that was revoked while the host did not run has left its streams behind. */
  const isAllowed = ({ maker }: StreamKey) => maker === undefined || pairings.find(maker) !== undefined

  async function remove(id: string): Promise<boolean> {
    const isRemoved = keys.remove(id)
    await parts.listeners?.endAllOf(id)
    return isRemoved
  }

  function need(key: string, address: string): StreamKey {
    const stream = keys.find(key)
    if (stream && isAllowed(stream)) return stream
    attempts.check(address)
    attempts.fail(address)
    throw new KnownError('NO_SUCH_STREAM')
  }

  return {
    make: (stream) => keys.make(stream),
    list() {
      const now = parts.listeners?.list() ?? []
      return keys.list().map((stream) => {
        const listeners = now.filter(({ streamId }) => streamId === stream.id)
        return Object.assign({ listeners }, stream)
      })
    },
    remove,
    async removeAllOf(guid) {
      const own = keys.list().filter(({ maker }) => maker === guid)
      await Promise.all(own.map(({ id }) => remove(id)))
    },
    async answer({ method, headers, remoteAddress }, { path }) {
      const [, key = '', ending] = /^\/stream\/([\w-]{1,64})\.(\w{1,8})$/.exec(path) ?? []
      const format = encodedFormats.find((known) => known === ending)
      if (format === undefined || !parts.listeners) throw new KnownError('NO_SUCH_STREAM')
      if (method !== 'GET' && method !== 'HEAD')
        throw new KnownError('BAD_REQUEST', { reason: 'unknown method' })
      const stream = need(key, remoteAddress)
      const isTitled = headers['icy-metadata'] === '1'
      const titles = isTitled ? ['icy-metaint', String(icyIntervalBytes)] : []
      const answer = {
        status: 200,
        headers: [...headersOf(mediaTypes[format], parts.libraryName), ...titles],
        isCompressible: false,
      }
      if (method === 'HEAD') return { ...answer, body: Readable.from([]) }

      const sound = await parts.listeners.connect({ streamId: stream.id, name: stream.name, format })
      keys.markUsed(stream.id)
      return { ...answer, body: isTitled ? titled(sound, player) : sound }
    },
    close: () => parts.listeners?.close(),
  }
}

function headersOf(mediaType: string, libraryName: string): string[] {
  return [
    ...['Content-Type', mediaType, 'Cache-Control', 'no-store', 'Accept-Ranges', 'none'],
    ...['X-Content-Type-Options', 'nosniff', 'icy-name', headerText(libraryName)],
  ]
}

/** The titles go with the sound, and the sound with who reads the titles. */
function titled(sound: Readable, player: Player): Readable {
  const both = icyStream(() => titleOf(player))
  sound.pipe(both) // which ends it where the sound ends
  sound.once('close', () => {
    if (!sound.readableEnded) both.destroy()
  })
  both.once('close', () => sound.destroy())
  return both
}

function titleOf({ state }: Player): string {
  if (state.state === 'stopped' || !state.song) return ''
  const { artist, title } = state.song
  return artist === '' ? title : `${artist} - ${title}`
}

/** UTF-8, as players expect it there, byte by byte as a header takes it. */
function headerText(text: string): string {
  return Buffer.from(text.replaceAll(/\p{C}/gu, ' ')).toString('latin1')
}
