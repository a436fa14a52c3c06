// The frame of a page: its title and count, what stands beside them, search on the right.

import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { number, t } from '../messages/index.ts'
import { back, go, hrefOf, place } from '../state/route.ts'
import { hasShortcuts } from '../state/settings.ts'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { isDesk, isPhone } from './use-media.ts'

interface PageProps {
  title: string
  count?: number | undefined
  /** Of things that were opened from a list; without it the title is there at once. */
  hasBack?: boolean
  /** The title is shown by the page itself. */
  isTitleHidden?: boolean
  tools?: ComponentChildren
  class?: string
  children: ComponentChildren
}

export function Page({
  title,
  count,
  hasBack = false,
  isTitleHidden = false,
  tools,
  class: extra = '',
  children,
}: PageProps) {
  useEffect(() => {
    document.title = `${title} · Tonearm`
  }, [title])
  return (
    <div class={`page ${extra}`}>
      <header class="page-head">
        {hasBack && <IconButton icon="back" class="page-back" label={t('nav.back')} onClick={back} />}
        {!isTitleHidden && <Title text={title} count={count} />}
        <div class="page-tools">
          {tools}
          {isPhone.value && !hasBack && (
            <a
              class="icon-button"
              href={hrefOf('settings')}
              aria-label={t('nav.settings')}
              title={t('nav.settings')}
            >
              <Icon name="settings" />
            </a>
          )}
        </div>
        {isDesk.value && <SearchButton />}
      </header>
      {children}
    </div>
  )
}

/** A new page puts the focus on it; one that was returned to puts it where it was. */
export function Title({
  text,
  count,
  class: extra = '',
}: {
  text: string
  count?: number | undefined
  class?: string
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (!place.value.isReturn) heading.current?.focus({ preventScroll: true })
  }, [place.value.key])
  return (
    <h1 ref={heading} tabIndex={-1} class={`page-title ${extra}`} dir="auto">
      {text}
      {count !== undefined && count > 0 && <span class="page-count">{number(count)}</span>}
    </h1>
  )
}

function SearchButton() {
  const key = hasShortcuts.value ? '/' : undefined
  return (
    <button type="button" class="search-button" aria-keyshortcuts={key} onClick={() => go('search')}>
      <Icon name="search" size={20} />
      <span>{t('search.placeholder')}</span>
      {key && <kbd>{key}</kbd>}
    </button>
  )
}
