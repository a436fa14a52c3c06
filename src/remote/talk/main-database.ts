// Which of a host's databases is its library, and which playlist in it holds everything.

import { KnownError } from '../../errors.ts'
import {
  type ContentCode,
  child,
  children,
  type DmapContainer,
  type EndpointName,
} from '../../protocol/index.ts'
import type { LibraryIds } from './quirks.ts'

export interface MainDatabase extends LibraryIds {
  readonly persistentId: bigint
}

/** Asks a host that one is logged in at. */
type AskTree = (
  name: EndpointName,
  root: ContentCode,
  params: Readonly<Record<string, string>>,
  query: readonly (readonly [name: string, value: string])[],
) => Promise<DmapContainer>

/** BAD_ANSWER, and what asking fails with. */
export async function readMainDatabase(ask: AskTree): Promise<MainDatabase> {
  const databases = children(child(await ask('databases', 'avdb', {}, []), 'mlcl') ?? [], 'mlit')
  // Old hosts leave mdbk out: then the first is the main one.
  const main = databases.find((database) => child(database, 'mdbk') === 1) ?? databases[0]
  const id = main && child(main, 'miid')
  if (!main || id === undefined) throw new KnownError('BAD_ANSWER', { problem: 'a host without a database' })
  const meta = 'dmap.itemid,dmap.itemname,dmap.persistentid,daap.baseplaylist'
  const lists = await ask('containers', 'aply', { database: String(id) }, [['meta', meta]])
  const playlists = children(child(lists, 'mlcl') ?? [], 'mlit')
  const base = playlists.find((playlist) => child(playlist, 'abpl') === 1) ?? playlists[0]
  return {
    id,
    persistentId: BigInt.asUintN(64, child(main, 'mper') ?? 0n),
    basePlaylistId: (base && child(base, 'miid')) ?? 1,
  }
}
