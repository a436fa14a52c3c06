// The parts of the library, in the order in which they are offered.

import type { MessageKey } from '../messages/index.ts'
import type { IconName } from './drawings.ts'

export interface LibraryPage {
  readonly name: string
  readonly title: MessageKey
  readonly icon: IconName
}

/** On phones, where they stand in a row: what most people come for first. */
export const chipOrder = [
  'albums',
  'artists',
  'songs',
  'recent',
  'most-played',
  'genres',
  'composers',
] as const

export const libraryPages: readonly LibraryPage[] = [
  { name: 'recent', title: 'page.recent', icon: 'recent' },
  { name: 'albums', title: 'page.albums', icon: 'album' },
  { name: 'artists', title: 'page.artists', icon: 'artist' },
  { name: 'songs', title: 'page.songs', icon: 'song' },
  { name: 'genres', title: 'page.genres', icon: 'genre' },
  { name: 'composers', title: 'page.composers', icon: 'composer' },
  { name: 'most-played', title: 'page.mostPlayed', icon: 'most-played' },
]
