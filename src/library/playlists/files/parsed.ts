// What every kind of playlist file is read into.

export interface ParsedPlaylist {
  /** '' where the file does not say. */
  readonly title: string
  /** In order. Each has alternatives: the first that is a song of the library counts. */
  readonly references: readonly (readonly string[])[]
  /** There are more than `mostReferences`; they were not read. */
  readonly isCut: boolean
}

/** No playlist of a person is longer; a bound on time and memory. */
export const mostReferences = 1_000_000
