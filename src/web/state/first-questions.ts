// What is asked first at each visit, to the letter as the SDK asks it: what the host is, and the login with the key of the last.

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

function loginWith({ guid, ownerToken }: Key): Question {
  return {
    path: guid === undefined ? '/login' : `/login?pairing-guid=0x${guid}&hasFP=1`,
    headers: ownerToken === undefined ? {} : { Authorization: `Bearer ${ownerToken}` },
  }
}
