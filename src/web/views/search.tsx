// Search as one types: songs by rank, and the albums, artists and playlists whose names begin so.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { Chip } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { scroller } from '../parts/scroller.ts'
import { type SearchPart, SearchResults } from '../parts/search-results.tsx'
import { isDesk } from '../parts/use-media.ts'
import { useResults } from '../parts/use-results.ts'
import { keepInTab, keptInTab } from '../state/kept.ts'
import { back, place } from '../state/route.ts'
import { type Results, resultCount, startOfResults } from '../state/search.ts'
import { say } from '../state/toast.ts'
import { takeTypedAhead } from '../state/typed-ahead.ts'

const saidAfterMs = 500

export function Search() {
  const host = useHost()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(() => String(keptInTab('search') ?? ''))
  const [part, setPart] = useState<SearchPart>('all')
  const [marked, setMarked] = useState<number>()
  const { results, ask } = useResults(host, text, () => setMarked(undefined))
  const list = startOfResults(results, part)

  useLayoutEffect(() => {
    document.title = `${t('page.search')} · Tonearm`
    const input = field.current
    if (!input) return
    input.focus()
    const typed = takeTypedAhead()
    if (typed !== '') {
      input.value = typed // at once: the next letter may come before this is drawn
      setText(typed)
    } else if (!place.value.isReturn || text === '') input.select()
  }, [])
  useLayoutEffect(() => keepInTab('search', text), [text])
  useEffect(() => {
    if (results.text === '') return
    const timer = setTimeout(() => say(countsOf(results)), saidAfterMs)
    return () => clearTimeout(timer)
  }, [results])

  const type = (value: string) => {
    ask(value)
    setText(value)
    const frame = scroller()
    if (frame) frame.scrollTop = 0
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const by = event.key === 'ArrowDown' ? 1 : -1
      const to = marked === undefined ? 0 : marked + by
      setMarked(to < 0 ? undefined : Math.min(to, list.length - 1))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      list[marked ?? 0]?.act(host, event.shiftKey)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      back()
    }
  }

  const parts: readonly (readonly [SearchPart, string])[] = [
    ['all', t('search.all')],
    ['songs', t('search.songs', { count: results.songTotal })],
    ['albums', t('search.albums', { count: results.albums.length })],
    ['artists', t('search.artists', { count: results.artists.length })],
    ['playlists', t('search.playlists', { count: results.playlists.length })],
  ]
  const markedId = marked === undefined ? undefined : list[marked]?.id
  // A letter alone changes none of it.
  const found = useMemo(
    () => <SearchResults results={results} part={part} marked={markedId} onPart={setPart} />,
    [results, part, markedId],
  )
  return (
    <div class="page search-page">
      <h1 class="unseen">{t('page.search')}</h1>
      <search class="search-head">
        <label class="search-field">
          <Icon name="search" size={22} />
          <input
            ref={field}
            type="search"
            value={text}
            placeholder={t('search.placeholder')}
            aria-label={t('search.placeholder')}
            role="combobox"
            list={undefined}
            aria-expanded={list.length > 0}
            aria-controls="results"
            aria-haspopup="grid"
            aria-activedescendant={markedId}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            enterkeyhint="search"
            maxLength={500}
            onInput={(event) => type(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          {text !== '' && (
            <button
              type="button"
              class="icon-button"
              aria-label={t('search.clear')}
              onClick={() => {
                type('')
                field.current?.focus()
              }}
            >
              <Icon name="close" size={20} />
            </button>
          )}
        </label>
        <div class="search-parts">
          <div class="chips" role="group" aria-label={t('search.kinds')}>
            {parts.map(([name, label]) => (
              <Chip key={name} isOn={part === name} onClick={() => setPart(name)}>
                {label}
              </Chip>
            ))}
          </div>
          {isDesk.value && <Hints />}
        </div>
      </search>
      {results.text === '' ? (
        <p class="notice">{t('search.start')}</p>
      ) : list.length === 0 ? (
        <div class="notice">
          <p>{t('search.nothing', { text: results.text })}</p>
          {part !== 'all' && resultCount(results) > 0 && (
            <button type="button" class="button outline" onClick={() => setPart('all')}>
              {t('search.everything')}
            </button>
          )}
        </div>
      ) : (
        found
      )}
    </div>
  )
}

function Hints() {
  return (
    <p class="search-hints" aria-hidden="true">
      <kbd>↓</kbd> <kbd>↑</kbd> {t('search.hintChoose')} <kbd>↵</kbd> {t('search.hintPlay')} <kbd>⇧↵</kbd>{' '}
      {t('search.hintNext')}
    </p>
  )
}

function countsOf({ songTotal, albums, artists }: Results): string {
  return t('search.found', {
    songs: t('count.songs', { count: songTotal }),
    albums: t('count.albums', { count: albums.length }),
    artists: t('count.artists', { count: artists.length }),
  })
}
