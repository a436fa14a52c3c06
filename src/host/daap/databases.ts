import type { Endpoint } from '../endpoint.ts'
import { mainDatabaseId } from './path-ids.ts'

/** mdbk: the library itself, not one shared by others and not a radio. */
const mainLibrary = 1
/** meds, a bit mask. */
const canAddAndRemove = 3

/**
 * The libraries of this host: one.
 *
 * Request GET /databases
 * Answers `avdb`. `meds` 3: playlists can be added and removed.
 * Source  docs/protocol/daap-library.md, section 3.
 */
export const databases: Endpoint = ({ library, identity }) => {
  const { view } = library
  return [
    'avdb',
    [
      ['mstt', 200],
      ['muty', 0],
      ['mtco', 1],
      ['mrco', 1],
      [
        'mlcl',
        [
          [
            'mlit',
            [
              ['miid', mainDatabaseId],
              ['mper', identity.databaseId],
              ['mdbk', mainLibrary],
              ['aeCs', 1],
              ['minm', identity.name],
              ['mimc', view.songCount],
              ['mctc', view.playlists().length],
              ['meds', canAddAndRemove],
            ],
          ],
        ],
      ],
    ],
  ]
}
