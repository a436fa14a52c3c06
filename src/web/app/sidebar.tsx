// On a desk: the host, the parts of the library, playlists, a scan, settings.

import { number, t } from '../messages/index.ts'
import type { IconName } from '../parts/drawings.ts'
import { DropTarget } from '../parts/drop-target.tsx'
import { Icon } from '../parts/icon.tsx'
import { libraryPages } from '../parts/library-pages.ts'
import { Mark } from '../parts/mark.tsx'
import { listedPlaylists } from '../state/playlist-actions.ts'
import { hrefOf, route } from '../state/route.ts'
import { useHost } from './context.tsx'
import { ScanLine } from './scan-line.tsx'

export function Sidebar() {
  const host = useHost()
  const counts: Record<string, number | undefined> = {
    albums: host.lists.albums('artist').total.value,
    artists: host.lists.artists.total.value,
  }
  const [page, id] = route.value
  return (
    <nav class="sidebar" aria-label={t('nav.library')}>
      <div class="brand">
        <Mark />
        <span>Tonearm</span>
      </div>
      <HostCard />
      <ul>
        {libraryPages.map(({ name, title, icon }) => (
          <Item key={name} href={hrefOf(name)} icon={icon} isHere={page === name} count={counts[name]}>
            {t(title)}
          </Item>
        ))}
      </ul>
      <div class="sidebar-head">
        <a href={hrefOf('playlists')} aria-current={page === 'playlists' ? 'page' : undefined}>
          {t('nav.playlists')}
        </a>
        <a
          class="icon-button"
          href={hrefOf('playlists', 'new')}
          aria-label={t('playlist.new')}
          title={t('playlist.new')}
        >
          <Icon name="plus" size={20} />
        </a>
      </div>
      <ul class="sidebar-playlists">
        {listedPlaylists(host).map((playlist) => (
          <DropTarget key={playlist.id} playlist={playlist}>
            <NavLink
              href={hrefOf('playlist', playlist.id)}
              icon={playlist.isSmart ? 'smart' : 'playlist'}
              isHere={page === 'playlist' && id === String(playlist.id)}
            >
              <span dir="auto">{playlist.name}</span>
            </NavLink>
          </DropTarget>
        ))}
      </ul>
      <div class="sidebar-foot">
        <ScanLine />
        <ul>
          <Item href={hrefOf('settings')} icon="settings" isHere={page === 'settings'}>
            {t('nav.settings')}
          </Item>
        </ul>
      </div>
    </nav>
  )
}

interface ItemProps {
  href: string
  icon: IconName
  isHere: boolean
  count?: number | undefined
  children: preact.ComponentChildren
}

function Item(props: ItemProps) {
  return (
    <li>
      <NavLink {...props} />
    </li>
  )
}

function NavLink({ href, icon, isHere, count, children }: ItemProps) {
  return (
    <a class="nav-item" href={href} aria-current={isHere ? 'page' : undefined}>
      <Icon name={icon} size={20} />
      <span class="nav-name">{children}</span>
      {count !== undefined && count > 0 && <span class="nav-count">{number(count)}</span>}
    </a>
  )
}

/** Which host this is: with several, the place to choose one. */
function HostCard() {
  const host = useHost()
  const count = host.songCount.value
  return (
    <a class="host-card" href={hrefOf('settings', 'hosts')}>
      <Icon name="host" size={20} />
      <span class="names">
        <strong dir="auto">{host.name}</strong>
        <span>
          {count === undefined ? '' : count === 0 ? t('count.noSongs') : t('count.songs', { count })}
        </span>
      </span>
    </a>
  )
}
