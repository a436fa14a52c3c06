// What is asked first at each visit, to the letter as the SDK asks it: the login, and then the list that most come for.

import type { AlbumOrder } from './album-order.ts'
import type { Key } from './keys-kept.ts'

export interface Question {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
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
