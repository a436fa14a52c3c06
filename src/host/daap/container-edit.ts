import { KnownError } from '../../errors.ts'
import { type DmapNode, parseId } from '../../protocol/index.ts'
import type { Endpoint, EndpointContext } from '../endpoint.ts'
import { required } from '../http/query-parameters.ts'
import { editAnswer, editParams, namedIn, nameOf, valuesOf } from './editing.ts'
import { filterOf } from './filter.ts'
import { idIn, requireMainDatabase } from './path-ids.ts'

/**
 * Edits a playlist: its name, or the songs of one that was made by hand.
 *
 * Request GET /databases/1/containers/100/edit?action=rename&edit-params='dmap.itemname:New'
 *         | action=add&edit-params='dmap.itemid:11' or any query; songs named by id go in as they are named
 *         | action=remove&edit-params='dmap.containeritemid:3'
 *         | action=move&edit-params='edit-param.move-pair:3,1': entry 3 goes after entry 1, or first with 0
 * Answers `medc`, with an `mlit` that holds `mcti` for each song added; all of it is in the database by then, and
 *         `/update` has told it. `mstt` 500 and words (`msts`) when it cannot be done; then nothing is changed.
 * Source  docs/protocol/daap-library.md, section 12.
 */
export const containerEdit: Endpoint = (context) => {
  const { params, query } = context
  requireMainDatabase(params['database'])
  return editAnswer(() => {
    const playlistId = idIn(params['container'])
    const action = required(query, 'action')
    const edit = Object.hasOwn(actions, action) ? actions[action] : undefined
    // `refresh` is Genius's.
    if (!edit) throw new KnownError('BAD_REQUEST', { reason: 'unknown action' })
    return edit(context, playlistId) ?? []
  })
}

type Edit = (context: EndpointContext, playlistId: number) => DmapNode[] | undefined

const actions: Readonly<Record<string, Edit>> = {
  rename({ query, library }, playlistId) {
    library.playlists.rename(playlistId, nameOf(editParams(query)))
    return undefined
  },
  add(context, playlistId) {
    const songIds = editParams(context.query).flatMap((text) => songsNamed(context, text))
    const added = context.library.playlists.add(playlistId, songIds)
    return added.map((entryId) => ['mlit', [['mcti', entryId]]])
  },
  remove({ query, library }, playlistId) {
    const entryIds = valuesOf(editParams(query), 'dmap.containeritemid').map(idIn)
    library.playlists.removeEntries(playlistId, [...new Set(entryIds)])
    return undefined
  },
  move({ query, library }, playlistId) {
    library.playlists.move(playlistId, editParams(query).map(moveIn))
    return undefined
  },
}

function songsNamed({ library }: EndpointContext, text: string): readonly number[] {
  const named = namedIn(text, 'dmap.itemid')
  if (named) return named.map((id) => Number(parseId(id) ?? 0))
  const filter = filterOf(text)
  return filter ? [...library.view.songs({ filter }).ids()] : []
}

function moveIn(text: string) {
  const pair = /^'?edit-param\.move-pair:(\d{1,10}),(\d{1,10})'?$/.exec(text)
  if (!pair) throw new KnownError('BAD_REQUEST', { reason: 'edit-params is no edit-param.move-pair:A,B' })
  return { entryId: Number(pair[1]), behindEntryId: Number(pair[2]) }
}
