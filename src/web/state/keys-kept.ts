// The keys of the libraries that this browser is let into.

import { keep, kept } from './kept.ts'

export interface Key {
  readonly guid?: string
  readonly ownerToken?: string
}

interface Library {
  readonly databaseId: string
}

const keyName = ({ databaseId }: Library): string => `key ${databaseId}`

/** Undefined before the first time. */
export function keptKey(library: Library): Key | undefined {
  const value = kept(keyName(library))
  if (typeof value !== 'object' || value === null) return undefined
  const { guid, ownerToken } = value as Record<string, unknown>
  if (typeof ownerToken === 'string') return { ownerToken }
  return typeof guid === 'string' ? { guid } : undefined
}

export function keepKey(library: Library, key: Key | undefined): void {
  keep(keyName(library), key)
}
