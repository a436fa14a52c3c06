// Lists of bare names: genres and composers.

import { child, type DmapContainer, type DmapNames } from '../../protocol/index.ts'
import type { HostSession } from '../talk/session.ts'
import { lettersOf, type PageOptions } from './browse.ts'
import type { Page } from './items.ts'

const codes = { genres: 'abgn', composers: 'abcp' } as const
const listTimeoutMs = 60_000

export function browsingNames(session: HostSession) {
  const names =
    (kind: keyof typeof codes) =>
    async ({ signal }: Pick<PageOptions, 'signal'> = {}): Promise<Page<string>> => {
      const { id } = await session.libraryIds(signal)
      const params = { database: String(id), kind }
      const options = { signal, timeoutMs: listTimeoutMs }
      const tree = await session.tree('browse', 'abro', params, [['include-sort-headers', '1']], options)
      const items = namesIn(tree, codes[kind])
      return { total: items.length, offset: 0, items, letters: lettersOf(tree) }
    }

  return {
    /** All of them, sorted. */
    genres: names('genres'),
    composers: names('composers'),
  }
}

function namesIn(tree: DmapContainer, code: (typeof codes)[keyof typeof codes]): string[] {
  const list: DmapNames = child(tree, code) ?? []
  return list.map(([, name]) => name)
}
