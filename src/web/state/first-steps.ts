// From a key to the music: the login, and the list that one comes for.

import type { Remote } from '../../remote/index.ts'
import { connectWith, takeOwnerCode } from './door.ts'
import { firstList } from './first-list.ts'
import { type Key, lastKey } from './keys-kept.ts'
import { type Lists, makeLists } from './lists.ts'

/** Logged in, and the list that one comes for is asked for. */
export interface Entrance {
  readonly remote: Remote
  readonly lists: Lists
  /** Resolves when it is here, or will not be soon. */
  readonly listed: Promise<void>
}

export interface FirstSteps {
  /** Of an owner's link. */
  readonly code: string | undefined
  /** Most come back to the library they were in last: its key is tried while the host is asked which it is. */
  readonly attempt: { readonly databaseId: string; readonly entrance: Promise<Entrance> } | undefined
}

/** NOT_PAIRED, NOT_OWNER, HOST_GONE. */
export async function enterWith(key: Key): Promise<Entrance> {
  const remote = await connectWith(key)
  const lists = makeLists(remote)
  return { remote, lists, listed: firstList(lists) }
}

export function firstSteps(): FirstSteps {
  const code = takeOwnerCode()
  const last = code === undefined ? lastKey() : undefined
  if (!last) return { code, attempt: undefined }
  const entrance = enterWith(last.key)
  entrance.catch(() => {}) // told to who comes for it
  return { code, attempt: { databaseId: last.databaseId, entrance } }
}
