import { KnownError } from '../../errors.ts'
import type { LibraryView, Song } from '../../library/index.ts'
import { parseId, parseSpec } from '../../protocol/index.ts'
import type { QueryParameters } from '../endpoint.ts'

/** The song that item-spec or TunesRemote's song-spec names, without them the one that plays. NOT_FOUND. */
export function songOf(view: LibraryView, query: QueryParameters, playing: Song | undefined): Song {
  const text = query.get('item-spec') ?? query.get('song-spec')
  const song = text === undefined ? playing : named(view, text)
  if (!song) throw new KnownError('NOT_FOUND', { song: text?.slice(0, 80) })
  return song
}

function named(view: LibraryView, text: string): Song | undefined {
  const spec = parseSpec(text) ?? { field: 'dmap.itemid', id: parseId(text) ?? 0n }
  return spec.field === 'dmap.persistentid' ? view.songByPersistentId(spec.id) : view.song(Number(spec.id))
}
