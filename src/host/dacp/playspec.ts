import { KnownError } from '../../errors.ts'
import { parseSpec, type Spec } from '../../protocol/index.ts'
import type { Endpoint, QueryParameters } from '../endpoint.ts'
import { causeOf } from './cause.ts'
import { checkDatabase } from './database-spec.ts'
import { named, shuffleOf, startingAt } from './play-options.ts'
import { playlistIdOf, songsOfPlaylist } from './selection.ts'

/**
 * Plays a playlist, from an entry or a song of it, or shuffled.
 *
 * Request GET /ctrl-int/1/playspec?database-spec=…&container-spec='dmap.persistentid:0x…'
 *         &container-item-spec='dmap.containeritemid:0x…' (or item-spec='dmap.itemid:0x…', or neither) [&dacp.shufflestate=1];
 *         playlist-spec for container-spec, and every spec by dmap.itemid or dmap.persistentid
 * Answers 204.
 * Fails   BAD_REQUEST without a playlist, NOT_FOUND when it or its entry is not there, NOTHING_TO_PLAY when it is empty.
 * Source  docs/protocol/dacp-control.md, section 6.
 */
export const playspec: Endpoint = async (context) => {
  const { query, player, library } = context
  checkDatabase(context)
  const container = query.get('container-spec') ?? query.get('playlist-spec')
  if (container === undefined) throw new KnownError('BAD_REQUEST', { missing: 'container-spec' })
  const playlistId = playlistIdOf(library.view, container)
  const selection = songsOfPlaylist(library.view, playlistId, undefined, startSpec(query))
  const options = {
    ...startingAt(selection.startIndex),
    ...shuffleOf(query),
    ...named(selection.contextName),
  }

  await player.playNow(selection.entries, options, causeOf(context, 'play'))

  return 'no content' as const
}

function startSpec(query: QueryParameters): Spec | undefined {
  const text = query.get('container-item-spec') ?? query.get('item-spec')
  if (text === undefined) return undefined
  const spec = parseSpec(text)
  if (!spec) throw new KnownError('BAD_REQUEST', { parameter: 'container-item-spec' })
  return spec
}
