import { KnownError } from '../../errors.ts'
import type { LikedState } from '../../library/index.ts'
import type { Endpoint, EndpointContext } from '../endpoint.ts'
import { causeOf } from './cause.ts'
import { checkDatabase } from './database-spec.ts'
import { deviceSetters } from './device-properties.ts'
import { repeatByNumber } from './play-status.ts'
import { songOf } from './song-spec.ts'
import { outputOf } from './speakers.ts'

/** May refuse the value before anything is set. */
type Setter = (context: EndpointContext, value: number) => Promise<void> | void

const setters: Readonly<Record<string, Setter>> = {
  'dmcp.volume': setVolume,
  'dacp.playingtime': (context, ms) => context.player.seek(Math.max(0, ms), causeOf(context, 'seek')),
  'dacp.shufflestate': (context, on) => context.player.setShuffle(on !== 0, causeOf(context, 'shuffle')),
  'dacp.repeatstate': (context, number) => {
    const repeat = repeatByNumber[number]
    if (repeat === undefined) throw new KnownError('BAD_REQUEST', { parameter: 'dacp.repeatstate' })
    return context.player.setRepeat(repeat, causeOf(context, `repeat ${repeat}`))
  },
  'dacp.userrating': (context, percent) => {
    context.library.setRating(songToJudge(context), clipped(percent))
  },
  'com.apple.itunes.liked-state': (context, state) => {
    context.library.setLiked(songToJudge(context), likedStates[state] ?? 0)
  },
}
const likedStates: readonly (LikedState | undefined)[] = [0, undefined, 2, 3]

/** Each may raise the revision and wake every remote; there are nine to set. */
const mostProperties = 16

/**
 * Sets properties of the player, in the order given; names we do not know are ignored. A speaker sets what is its own.
 *
 * Request GET /ctrl-int/1/setproperty?dmcp.volume=55.000000[&speaker-id=ID | &include-speaker-id=ID]
 * Answers 204.
 * Fails   BAD_REQUEST for a value that is no number or too many of them, and nothing is set then; NOT_FOUND for a
 *         speaker or song we have not; NO_SESSION for a speaker that sets what is not its own.
 * Source  docs/protocol/dacp-control.md, sections 3, 8 and 11.
 */
export const setproperty: Endpoint = async (context) => {
  const known = settersFor(context)
  const wanted = context.query.entries().flatMap(([name, text]) => {
    const setter = Object.hasOwn(known, name) ? known[name] : undefined
    return setter ? [{ setter, value: numberIn(name, text) }] : []
  })
  if (wanted.length > mostProperties) throw new KnownError('BAD_REQUEST', { most: mostProperties })
  for (const { setter, value } of wanted) await setter(context, value)
  return 'no content' as const
}

function settersFor({ speaker, query, player }: EndpointContext): Readonly<Record<string, Setter>> {
  if (!speaker) return setters
  const isAnothers = query.entries().some(([name]) => Object.hasOwn(setters, name) && name !== 'dmcp.volume')
  if (isAnothers) throw new KnownError('NO_SESSION')
  if (!query.has('dmcp.volume')) return deviceSetters
  const id = query.get('speaker-id') ?? query.get('include-speaker-id')
  if (id === undefined || outputOf(player.state, id).id !== speaker.outputId)
    throw new KnownError('NO_SESSION')
  return { 'dmcp.volume': setVolume, ...deviceSetters }
}

function numberIn(parameter: string, text: string): number {
  const value = Number(text)
  if (text === '' || !Number.isFinite(value)) throw new KnownError('BAD_REQUEST', { parameter })
  return parameter === deviceVolume ? value : Math.trunc(value)
}

/** In dB, with its decimals. */
const deviceVolume = 'dmcp.device-volume'

async function setVolume(context: EndpointContext, value: number): Promise<void> {
  const { player, query } = context
  const percent = clipped(value)
  const cause = causeOf(context, `volume ${percent}`)
  const relativeId = query.get('speaker-id')
  const absoluteId = query.get('include-speaker-id')
  if (relativeId !== undefined) {
    await player.setOutputVolume(outputOf(player.state, relativeId).id, percent, cause)
  } else if (absoluteId !== undefined) {
    await player.setOutputLoudness(outputOf(player.state, absoluteId).id, percent, cause)
  } else {
    await player.setVolume(percent, cause)
  }
}

function songToJudge(context: EndpointContext): number {
  checkDatabase(context)
  return songOf(context.library.view, context.query, context.player.state.song).id
}

function clipped(percent: number): number {
  return Math.min(100, Math.max(0, percent))
}
