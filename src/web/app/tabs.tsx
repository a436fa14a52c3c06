// On phones at the foot, on tablets as a rail at the side.

import { number, t } from '../messages/index.ts'
import type { IconName } from '../parts/drawings.ts'
import { Icon } from '../parts/icon.tsx'
import { libraryPages } from '../parts/library-pages.ts'
import { Mark } from '../parts/mark.tsx'
import { isPhone } from '../parts/use-media.ts'
import { hrefOf, route } from '../state/route.ts'
import { useHost } from './context.tsx'

const libraryNames = new Set([
  ...libraryPages.map(({ name }) => name),
  'album',
  'artist',
  'genre',
  'composer',
])

export function Tabs() {
  const host = useHost()
  const page = route.value[0] ?? ''
  const queued = host.queue.value?.total ?? 0
  return (
    <nav class="tabs" aria-label={t('nav.library')}>
      <div class="tabs-mark">
        <Mark size={32} />
      </div>
      <Tab href={hrefOf('albums')} icon="album" isHere={libraryNames.has(page)}>
        {t('nav.library')}
      </Tab>
      <Tab href={hrefOf('search')} icon="search" isHere={page === 'search'}>
        {t('nav.search')}
      </Tab>
      <Tab href={hrefOf('playlists')} icon="playlist" isHere={page === 'playlists' || page === 'playlist'}>
        {t('nav.playlists')}
      </Tab>
      <Tab href={hrefOf('queue')} icon="queue" isHere={page === 'queue' || page === 'history'} count={queued}>
        {t('nav.queue')}
      </Tab>
      {!isPhone.value && (
        <Tab href={hrefOf('settings')} icon="settings" isHere={page === 'settings'}>
          {t('nav.settings')}
        </Tab>
      )}
    </nav>
  )
}

interface TabProps {
  href: string
  icon: IconName
  isHere: boolean
  count?: number
  children: string
}

function Tab({ href, icon, isHere, count = 0, children }: TabProps) {
  return (
    <a class="tab" href={href} aria-current={isHere ? 'page' : undefined}>
      <span class="tab-icon">
        <Icon name={icon} />
        {count > 0 && <span class="badge">{number(count)}</span>}
      </span>
      <span>{children}</span>
    </a>
  )
}
