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

type Property = (state: PlayerState, positionMs: number) => DmapNode[]

const properties: Readonly<Record<string, Property>> = {
  'dmcp.volume': (state) => [['cmvo', state.volumePercent]],
  'dacp.playerstate': (state) => [['caps', playerStateNumber[state.state]]],
  'dacp.nowplaying': nowPlaying,
  'dacp.playingtime': playingTime,
  'dacp.volumecontrollable': () => [['cavc', 1]],
  'dacp.availableshufflestates': () => [['caas', availableShuffleStates]],
  'dacp.availablerepeatstates': () => [['caar', availableRepeatStates]],
  'dacp.shufflestate': (state) => [['cash', state.isShuffled ? 1 : 0]],
  'dacp.repeatstate': (state) => [['carp', repeatNumber[state.repeat]]],
  'dacp.fullscreenenabled': () => [['cafe', 0]],
  'dacp.fullscreen': () => [['cafs', 0]],
  'dacp.visualizerenabled': () => [['cave', 0]],
  'dacp.visualizer': () => [['cavs', 0]],
  'dacp.userrating': ({ song }) => (song ? [['asur', song.ratingPercent]] : []),
  'com.apple.itunes.mediakind': ({ song }) => (song ? [['aeMK', song.mediaKind]] : []),
  'com.apple.itunes.extended-media-kind': ({ song }) => (song ? [['aeMk', song.mediaKind]] : []),
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
export const getproperty: Endpoint = ({ query, player }) => {
  const names = (query.get('properties') ?? '').split(',', mostProperties)
  const positionMs = player.positionMs()
  const values = names.flatMap((name) =>
    Object.hasOwn(properties, name) ? (properties[name]?.(player.state, positionMs) ?? []) : [],
  )
  return ['cmgt', [['mstt', 200], ...values]]
}
