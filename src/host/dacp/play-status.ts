// The state of the player in DACP's words; shared by playstatusupdate and getproperty.

import type { Library } from '../../library/index.ts'
import type { PlayerState, RepeatMode } from '../../player/index.ts'
import { type DmapNode, packItemSpec } from '../../protocol/index.ts'
import { geniusShuffleName } from './genius-name.ts'

/** Ours is the only database; A host's main one is 1 by custom. */
export const mainDatabase = 1

export const repeatNumber: Readonly<Record<RepeatMode, number>> = { off: 0, song: 1, all: 2 }
export const repeatByNumber: readonly RepeatMode[] = ['off', 'song', 'all']

/** Bit per state: 1 << 1, shuffle can be on. */
export const availableShuffleStates = 2
/** Bits: 2 one, 4 all. */
export const availableRepeatStates = 6
/** Media kind of music as cmmk says it. */
export const musicKind = 1
/** Next is enabled, nothing else to say. */
export const nextEnabled = 6

const stateNumber = { stopped: 2, paused: 3, playing: 4 } as const
const windingNumber = { forward: 5, back: 6 } as const

export function playerStateNumber({ state, winding }: PlayerState): number {
  return winding === undefined ? stateNumber[state] : windingNumber[winding]
}

/**
 * All of `cmst`: order and widths as OwnTone's make_playstatusupdate, then iTunes' genius flags. Like button and like
 * state (`aelb`, `aels`) are left to getproperty: here they would turn a library into a radio station.
 * Source  docs/protocol/dacp-control.md, section 4.
 */
export function playStatus(state: PlayerState, positionMs: number, library: Library): DmapNode[] {
  return [
    ['mstt', 200],
    ['cmsr', state.revision],
    ['caps', playerStateNumber(state)],
    ['cash', state.isShuffled ? 1 : 0],
    ['carp', repeatNumber[state.repeat]],
    ['cafs', 0],
    ['cavs', 0],
    ['cavc', 1],
    ['caas', availableShuffleStates],
    ['caar', availableRepeatStates],
    ['cafe', 0],
    ['cave', 0],
    ...nowPlaying(state),
    ...(state.state === 'playing' ? seekable(state) : []),
    ...playingTime(state, positionMs),
    ['casu', 1],
    ...genius(state, library),
  ]
}

/** Ids and names of the song; nothing when stopped. */
export function nowPlaying(state: PlayerState): DmapNode[] {
  const { song, nowPlaying: entry } = state
  if (state.state === 'stopped' || !song || !entry) return []
  const ids = packItemSpec({
    databaseId: mainDatabase,
    containerId: entry.playlistId,
    containerItemId: entry.playlistEntryId,
    itemId: song.id,
  })
  return [
    ['canp', ids],
    ['cann', song.title],
    ['cana', song.artist],
    ['canl', song.album],
    ['cang', song.genre],
    ['asai', song.albumId],
    ['cmmk', musicKind],
  ]
}

function seekable(state: PlayerState): DmapNode[] {
  return [
    ['casa', 1],
    ['astm', Math.round(state.durationMs)],
    ['casc', 1],
    ['caks', nextEnabled],
  ]
}

/** cant is what remains, not the position; 0 where the length is not known. Nothing when stopped. */
export function playingTime(state: PlayerState, positionMs: number): DmapNode[] {
  if (state.state === 'stopped' || !state.song) return []
  const totalMs = Math.round(state.durationMs)
  return [
    ['cant', Math.max(0, totalMs - Math.round(positionMs))],
    ['cast', totalMs],
  ]
}

/** Whether the song can be a seed, and whether Genius Shuffle plays. Nothing when stopped. */
function genius(state: PlayerState, library: Library): DmapNode[] {
  if (state.state === 'stopped' || !state.song) return []
  return [
    ['ceGS', library.hasSimilar(state.song.id) ? 1 : 0],
    ['ceGs', state.contextName === geniusShuffleName ? 1 : 0],
  ]
}
