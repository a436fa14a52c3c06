import { KnownError } from '../../errors.ts'
import type { Library } from '../../library/index.ts'
import type { Player } from '../../player/index.ts'
import { parseId, parseSpec } from '../../protocol/index.ts'
import type { Endpoint, EndpointContext, QueryParameters } from '../endpoint.ts'
import { causeOf } from './cause.ts'
import { repeatByNumber } from './play-status.ts'
import { outputOf } from './speakers.ts'

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
  'dacp.userrating': ({ library, player, query }, percent) => {
    library.setRating(songToRate(library, player, query), clipped(percent))
  },
}

/** Each may raise the revision and wake every remote; there are five to set. */
const mostProperties = 16

/**
 * Sets properties of the player, in the order given; names we do not know are ignored.
 *
 * Request GET /ctrl-int/1/setproperty?dmcp.volume=55.000000[&speaker-id=ID | &include-speaker-id=ID]
 * Answers 204.
 * Fails   BAD_REQUEST for a value that is no number or too many of them; NOT_FOUND for a speaker or song we have not.
 * Source  docs/protocol/dacp-control.md, sections 3 and 8.
 */
export const setproperty: Endpoint = async (context) => {
  const known = context.query.entries().filter(([name]) => Object.hasOwn(setters, name))
  if (known.length > mostProperties) throw new KnownError('BAD_REQUEST', { most: mostProperties })
  for (const [name, text] of known) {
    const setter = setters[name]
    if (!setter) continue
    const value = Number(text)
    if (text === '' || !Number.isFinite(value)) throw new KnownError('BAD_REQUEST', { parameter: name })
    await setter(context, Math.trunc(value))
  }
  return 'no content' as const
}

async function setVolume(context: EndpointContext, value: number): Promise<void> {
  const { player, query } = context
  const percent = clipped(value)
  const cause = causeOf(context, `volume ${percent}`)
  const relativeId = query.get('speaker-id')
  const absoluteId = query.get('include-speaker-id')
  if (relativeId !== undefined) {
    await player.setOutputVolume(outputOf(player.state, relativeId).id, percent, cause)
  } else if (absoluteId === undefined) {
    await player.setVolume(percent, cause)
  } else {
    await player.setOutputLoudness(outputOf(player.state, absoluteId).id, percent, cause)
  }
}

/** item-spec first, then TunesRemote's song-spec, else what plays. */
function songToRate(library: Library, player: Player, query: QueryParameters): number {
  const text = query.get('item-spec') ?? query.get('song-spec')
  if (text === undefined) {
    if (!player.state.song) throw new KnownError('NOT_FOUND')
    return player.state.song.id
  }
  const spec = parseSpec(text) ?? { field: 'dmap.itemid', id: parseId(text) ?? 0n }
  const song =
    spec.field === 'dmap.persistentid'
      ? library.view.songByPersistentId(spec.id)
      : library.view.song(Number(spec.id))
  if (!song) throw new KnownError('NOT_FOUND')
  return song.id
}

function clipped(percent: number): number {
  return Math.min(100, Math.max(0, percent))
}
