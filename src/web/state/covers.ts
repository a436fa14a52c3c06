// Where pictures are, which ones there are not, and the colours in them.

import { signal } from '@preact/signals'
import type { Album, Artist, Picture, Remote, Song } from '../../remote/index.ts'
import { sleeveHues, sleeveNumber } from '../model/sleeve.ts'
import type { TintTokens } from '../model/tint.ts'

/** Of what, and the name under which it is kept: an album's songs share one picture. */
export interface CoverKey {
  readonly of: Pick<Song, 'kind' | 'id'> | Pick<Album | Artist, 'kind' | 'groupId'>
  readonly id: string
}

export interface Covers {
  /** A picture's address, as wide as it is shown; undefined while none can be asked for, null where there is none. */
  url(key: CoverKey, cssPixels: number): string | null | undefined
  /** It turned out that there is none, or that it is broken. */
  miss(key: CoverKey): void
  /** The colours of one, by scheme; those of the sleeve where there is no picture. */
  tints(key: CoverKey): Promise<Tints>
  /** The session has changed, and with it the addresses. */
  renew(): void
}

/** Colours for a surface, in light and in dark. */
export type Tints = Readonly<Record<'light' | 'dark', TintTokens>>

/** Device pixels: the widths that the host makes once and keeps. */
const widths = [96, 200, 400, 800] as const
const mostTints = 300
const samplePixels = 40

function coverWidth(cssPixels: number): number {
  const wanted = cssPixels * Math.min(3, devicePixelRatio)
  return widths.find((width) => width >= wanted * 0.9) ?? 800
}

export function makeCovers(remote: Pick<Remote, 'artwork' | 'artworkPaths' | 'host'>): Covers {
  type Paths = Awaited<ReturnType<Remote['artworkPaths']>>
  const paths = signal<Paths | undefined>(undefined)
  const missing = signal<ReadonlySet<string>>(new Set())
  const tints = new Map<string, Promise<Tints>>()

  function renew(): void {
    remote.artworkPaths().then(
      (found) => {
        paths.value = found
      },
      () => {}, // the host is away; it is asked again when it is back
    )
  }
  renew()

  async function readTints({ of, id }: CoverKey): Promise<Tints> {
    const [picture, { huesOfPixels, huesOfSleeve, tokensOf }] = await Promise.all([
      remote.artwork(of, { widthPixels: widths[0] }),
      import('../model/tint.ts'),
    ])
    const hues = picture
      ? huesOfPixels(await pixelsOf(picture))
      : huesOfSleeve(sleeveHues[sleeveNumber(id)] ?? 0)
    return { light: tokensOf(hues, 'light'), dark: tokensOf(hues, 'dark') }
  }

  return {
    url(key, cssPixels) {
      if (missing.value.has(key.id)) return null
      const path = paths.value?.(key.of, coverWidth(cssPixels))
      return path && `//${remote.host.address}${path}`
    },
    miss({ id }) {
      missing.value = new Set([...missing.value, id])
    },
    tints(key) {
      const known = tints.get(key.id) ?? readTints(key)
      tints.delete(key.id)
      tints.set(key.id, known)
      known.catch(() => tints.delete(key.id))
      const [oldest] = tints.keys()
      if (tints.size > mostTints && oldest !== undefined) tints.delete(oldest)
      return known
    },
    renew() {
      missing.value = new Set()
      renew()
    },
  }
}

async function pixelsOf({ bytes, mediaType }: Picture): Promise<Uint8ClampedArray> {
  const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType }))
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = samplePixels
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context?.drawImage(bitmap, 0, 0, samplePixels, samplePixels)
  bitmap.close()
  return context?.getImageData(0, 0, samplePixels, samplePixels).data ?? new Uint8ClampedArray()
}

/** Of a song, or of its place in a queue. */
export function coverOfSong(song: {
  readonly id?: number
  readonly songId?: number | undefined
  readonly albumId?: string | undefined
}): CoverKey | undefined {
  const id = song.songId ?? song.id
  if (id === undefined) return undefined
  const isOfAlbum = song.albumId !== undefined && /[^0]/.test(song.albumId)
  return { of: { kind: 'song', id }, id: isOfAlbum ? `album ${song.albumId}` : `song ${id}` }
}

/** By a song of it where its number among the groups is not known. */
export function coverOfAlbum(album: Album & { readonly songId?: number }): CoverKey {
  const of = album.songId === undefined ? album : ({ kind: 'song', id: album.songId } as const)
  return { of, id: `album ${album.id}` }
}
export const coverOfArtist = (artist: Artist): CoverKey => ({ of: artist, id: `artist ${artist.id}` })
