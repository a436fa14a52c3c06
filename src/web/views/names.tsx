// Genres and composers: rows of names, each with a fan of sleeves.

import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { Icon } from '../parts/icon.tsx'
import { LibraryChips } from '../parts/library-chips.tsx'
import { Page } from '../parts/page.tsx'
import { RowFan } from '../parts/row-fan.tsx'
import { ListState } from '../parts/state-of-list.tsx'
import { inRem } from '../parts/use-media.ts'
import { useRoving } from '../parts/use-roving.ts'
import { Virtual } from '../parts/virtual.tsx'
import { go, hrefOf } from '../state/route.ts'

const rowPx = 52

const kinds = {
  genres: { title: 'page.genres', empty: 'list.noGenres', opens: 'genre' },
  composers: { title: 'page.composers', empty: 'list.noComposers', opens: 'composer' },
} as const

export const Genres = () => <Names kind="genres" />
export const Composers = () => <Names kind="composers" />

function Names({ kind }: { kind: keyof typeof kinds }) {
  const list = useHost().lists[kind]
  const { title, empty, opens } = kinds[kind]
  const names = list.value.value?.items
  const height = inRem(rowPx)
  const roving = useRoving({
    count: names?.length ?? 0,
    rowHeight: height,
    onKey: (event, index) => {
      const name = names?.[index]
      if (event.key !== 'Enter' || name === undefined) return false
      go(opens, name)
      return true
    },
  })
  return (
    <Page title={t(title)} count={names?.length}>
      <LibraryChips />
      <ListState
        failure={list.failure.value}
        isLoading={names === undefined}
        isEmpty={names?.length === 0}
        empty={t(empty)}
        onAgain={list.refresh}
      >
        <Virtual
          count={names?.length ?? 0}
          rowHeight={height}
          role="list"
          label={t(title)}
          focused={roving.focused}
          onKeyDown={roving.onKeyDown}
          render={(index) => (
            <div role="listitem" aria-setsize={names?.length} aria-posinset={index + 1} class="row row-name">
              <a
                class="row-open"
                href={hrefOf(opens, names?.[index] ?? '')}
                data-index={index}
                tabIndex={roving.tabIndexOf(index)}
                onFocus={() => roving.onFocus(index)}
              >
                <RowFan choice={{ [opens]: names?.[index] ?? '' }} />
                <span class="row-title" dir="auto">
                  {names?.[index]}
                </span>
                <Icon name="forward" size={18} />
              </a>
            </div>
          )}
        />
      </ListState>
    </Page>
  )
}
