// What is asked first at each visit, to the letter as the SDK asks it: what the host is, the login with the key of the last,
// and then the list that most come for.

import type { AlbumOrder } from './album-order.ts'
import type { Key } from './keys-kept.ts'

export const aboutPath = '/api/about'

export interface Question {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

export function firstQuestions(key: Key | undefined): readonly Question[] {
  const paths = [aboutPath, '/server-info'].map((path) => ({ path, headers: {} }))
  return key ? [loginWith(key), ...paths] : paths
}

export function loginWith({ guid, ownerToken }: Key): Question {
  return {
    path: guid === undefined ? '/login' : `/login?pairing-guid=0x${guid}&hasFP=1`,
    headers: ownerToken === undefined ? {} : { Authorization: `Bearer ${ownerToken}` },
  }
}

/** Undefined for an order that is made here of all of them. */
export function firstAlbums(sessionId: number, order: AlbumOrder): Question | undefined {
  if (order === 'year') return undefined
  const query = [
    `session-id=${sessionId}`,
    `meta=${albumFields}`,
    'type=music&group-type=albums',
    `sort=${order === 'title' ? 'album' : 'artist'}`,
    "query='daap.songalbum!:'", // those without a name are none
    'include-sort-headers=2&index=0-49',
  ]
  return { path: `/databases/1/groups?${query.join('&')}`, headers: {} }
}

const albumFields =
  'dmap.itemname,dmap.itemid,dmap.persistentid,daap.songartist,daap.songalbumartist,daap.songartistid,daap.songyear,dmap.itemcount'

/** Of an answer to the login, `mlog` with `mlid` in it; undefined in a refusal. */
export function sessionIdIn(answer: ArrayBuffer): number | undefined {
  const bytes = new DataView(answer)
  for (let at = 8; at + 12 <= bytes.byteLength; at += 8 + bytes.getUint32(at + 4))
    if (bytes.getUint32(at) === mlid) return bytes.getUint32(at + 8)
  return undefined
}

const mlid = 0x6d6c6964
