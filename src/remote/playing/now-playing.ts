// `cmst`, the play status on the wire, as a plain value with a clock in it.

import { child, type DmapContainer, hex64, unpackItemSpec } from '../../protocol/index.ts'

export const playStates = ['stopped', 'paused', 'playing'] as const
export type PlayState = (typeof playStates)[number]
/** In the order of their numbers on the wire. */
export const repeatModes = ['off', 'song', 'all'] as const
export type RepeatMode = (typeof repeatModes)[number]
export const windDirections = ['forward', 'back'] as const
export type WindDirection = (typeof windDirections)[number]

export interface NowPlayingTrack {
  readonly title: string
  readonly artist: string
  readonly album: string
  readonly genre: string
  /** The item id in its database; undefined when the host does not say. */
  readonly songId: number | undefined
  /** 16 hex digits; artwork changes when it does. */
  readonly albumId: string | undefined
}

export interface NowPlaying {
  /** The host's play revision that this state belongs to. */
  readonly revision: number
  readonly state: PlayState
  /** A button is held to go through the song fast; `state` is then 'playing'. */
  readonly winding: WindDirection | undefined
  /** At `readAtMs`; `positionAt` runs on from there. */
  readonly positionMs: number
  /** 0 when the host does not know, as for a stream. */
  readonly durationMs: number
  /** When it was read, on the clock of the reader (`Clock.nowMs`). */
  readonly readAtMs: number
  readonly isShuffled: boolean
  readonly repeat: RepeatMode
  readonly canSeek: boolean
  readonly track: NowPlayingTrack | null
}

/** caps: fast forward and rewind are ways of playing; idle and loading are Apple TV's. */
const stateByCaps: Readonly<Record<number, PlayState>> = {
  0: 'stopped',
  1: 'paused',
  2: 'stopped',
  3: 'paused',
  4: 'playing',
  5: 'playing',
  6: 'playing',
}

const windingByCaps: Readonly<Record<number, WindDirection>> = { 5: 'forward', 6: 'back' }

/** From here on `cant` means "unknown" (pyatv). */
const unknownTime = 0xffff_ffff

/** The nodes inside `cmst`. Fields that are absent (an idle Apple TV sends two) count as nothing playing. */
export function nowPlayingOf(cmst: DmapContainer, readAtMs: number): NowPlaying {
  const state = stateByCaps[child(cmst, 'caps') ?? 2] ?? 'stopped'
  const durationMs = known(child(cmst, 'cast') ?? child(cmst, 'astm'))
  const remainingMs = child(cmst, 'cant')
  return {
    revision: child(cmst, 'cmsr') ?? 0,
    state,
    winding: windingByCaps[child(cmst, 'caps') ?? 0],
    positionMs: positionOf(durationMs, remainingMs),
    durationMs,
    readAtMs,
    isShuffled: child(cmst, 'cash') === 1,
    repeat: repeatModes[child(cmst, 'carp') ?? 0] ?? 'off',
    canSeek: state !== 'stopped' && durationMs > 0 && child(cmst, 'casc') !== 0,
    track: state === 'stopped' ? null : trackOf(cmst),
  }
}

/** `cant` is what remains, not where we are. */
function positionOf(durationMs: number, remainingMs: number | undefined): number {
  if (remainingMs === undefined || remainingMs >= unknownTime || durationMs === 0) return 0
  return Math.min(Math.max(0, durationMs - remainingMs), durationMs)
}

function known(timeMs: number | undefined): number {
  return timeMs === undefined || timeMs < 0 || timeMs >= unknownTime ? 0 : timeMs
}

function trackOf(cmst: DmapContainer): NowPlayingTrack | null {
  const title = child(cmst, 'cann')
  const ids = child(cmst, 'canp')
  if (title === undefined && ids === undefined) return null
  const albumId = child(cmst, 'asai')
  return {
    title: title ?? '',
    artist: child(cmst, 'cana') ?? '',
    album: child(cmst, 'canl') ?? '',
    genre: child(cmst, 'cang') ?? '',
    songId: ids && unpackItemSpec(ids)?.itemId,
    albumId: albumId === undefined ? undefined : hex64(albumId),
  }
}

/** Where the song is at `nowMs` of the clock it was read by. */
export function positionAt(
  nowPlaying: Pick<NowPlaying, 'state' | 'positionMs' | 'durationMs' | 'readAtMs'>,
  nowMs: number,
): number {
  const { state, positionMs, durationMs, readAtMs } = nowPlaying
  if (state !== 'playing') return positionMs
  const runMs = positionMs + Math.max(0, nowMs - readAtMs)
  return durationMs > 0 ? Math.min(runMs, durationMs) : runMs
}
