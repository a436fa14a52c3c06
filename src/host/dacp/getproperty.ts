import type { Library, Song } from '../../library/index.ts'
import type { PlayerState } from '../../player/index.ts'
import type { DmapNode } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import {
  availableRepeatStates,
  availableShuffleStates,
  nowPlaying,
  playerStateNumber,
  playingTime,
  repeatNumber,
} from './play-status.ts'

interface Asked {
  readonly state: PlayerState
  readonly positionMs: number
  readonly library: Library
}

type Property = (asked: Asked) => DmapNode[]

/** Of the song that plays, as the library has it now: a rating may be newer than the player's state. */
function ofSong(read: (song: Song, library: Library) => DmapNode): Property {
  return ({ state, library }) => {
    const song = state.song && library.view.song(state.song.id)
    return song ? [read(song, library)] : []
  }
}

/** A library has neither a screen nor a shop, and its songs have no chapters: those are 0, which is an answer too. */
const properties: Readonly<Record<string, Property>> = {
  'dmcp.volume': ({ state }) => [['cmvo', state.volumePercent]],
  'dacp.playerstate': ({ state }) => [['caps', playerStateNumber(state)]],
  'dacp.nowplaying': ({ state }) => nowPlaying(state),
  'dacp.playingtime': ({ state, positionMs }) => playingTime(state, positionMs),
  'dacp.volumecontrollable': () => [['cavc', 1]],
  'dacp.availableshufflestates': () => [['caas', availableShuffleStates]],
  'dacp.availablerepeatstates': () => [['caar', availableRepeatStates]],
  'dacp.shufflestate': ({ state }) => [['cash', state.isShuffled ? 1 : 0]],
  'dacp.repeatstate': ({ state }) => [['carp', repeatNumber[state.repeat]]],
  'dacp.fullscreenenabled': () => [['cafe', 0]],
  'dacp.fullscreen': () => [['cafs', 0]],
  'dacp.visualizerenabled': () => [['cave', 0]],
  'dacp.visualizer': () => [['cavs', 0]],
  'dacp.userrating': ofSong(({ ratingPercent }) => ['asur', ratingPercent]),
  'com.apple.itunes.liked-state': ofSong(({ likedState }) => ['aels', likedState]),
  'com.apple.itunes.itms-songid': ofSong(() => ['aeSI', 0n]),
  'com.apple.itunes.has-chapter-data': ofSong(() => ['aeHC', 0]),
  'com.apple.itunes.mediakind': ofSong(({ mediaKind }) => ['aeMK', mediaKind]),
  'com.apple.itunes.extended-media-kind': ofSong(({ mediaKind }) => ['aeMk', mediaKind]),
  'com.apple.itunes.can-be-genius-seed': ofSong(({ id }, library) => [
    'aeGs',
    library.hasSimilar(id) ? 1 : 0,
  ]),
}

/** Each name costs an answer, so a request may ask for so many. */
const mostProperties = 64

/**
 * Reads properties of the player, in the order asked; names we do not know are skipped.
 *
 * Request GET /ctrl-int/1/getproperty?properties=dmcp.volume,dacp.playerstate
 * Answers `cmgt`.
 * Source  docs/protocol/dacp-control.md, section 3.
 */
export const getproperty: Endpoint = ({ query, player, library }) => {
  const names = (query.get('properties') ?? '').split(',', mostProperties)
  const asked: Asked = { state: player.state, positionMs: player.positionMs(), library }
  const values = names.flatMap((name) =>
    Object.hasOwn(properties, name) ? (properties[name]?.(asked) ?? []) : [],
  )
  return ['cmgt', [['mstt', 200], ...values]]
}
