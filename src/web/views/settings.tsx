// Settings: the owner's room, and this page's own. On phones the list is a page of its own.

import '../messages/en-later.ts'
import type { ComponentType } from 'preact'
import { useHost } from '../app/context.tsx'
import { type MessageKey, t } from '../messages/index.ts'
import type { IconName } from '../parts/drawings.ts'
import { Icon } from '../parts/icon.tsx'
import { Page } from '../parts/page.tsx'
import { isPhone } from '../parts/use-media.ts'
import { hrefOf } from '../state/route.ts'
import { AboutSettings } from './settings/about.tsx'
import { DoctorSettings } from './settings/doctor.tsx'
import { FolderSettings } from './settings/folders.tsx'
import { HostSettings } from './settings/hosts.tsx'
import { PageSettings } from './settings/page.tsx'
import { RemoteSettings } from './settings/remotes.tsx'

interface Room {
  readonly name: string
  readonly title: MessageKey
  readonly icon: IconName
  readonly isOwners: boolean
  readonly view: ComponentType<{ part?: string | undefined }>
}

const allRooms: readonly Room[] = [
  { name: 'remotes', title: 'settings.remotes', icon: 'phone', isOwners: true, view: RemoteSettings },
  { name: 'folders', title: 'settings.folders', icon: 'folder', isOwners: true, view: FolderSettings },
  { name: 'doctor', title: 'settings.doctor', icon: 'doctor', isOwners: true, view: DoctorSettings },
  { name: 'hosts', title: 'settings.hosts', icon: 'host', isOwners: false, view: HostSettings },
  { name: 'page', title: 'settings.page', icon: 'settings', isOwners: false, view: PageSettings },
  { name: 'about', title: 'settings.about', icon: 'info', isOwners: false, view: AboutSettings },
]

export function Settings({ id, part }: { id: string; part?: string | undefined }) {
  const host = useHost()
  const open = allRooms.filter(({ isOwners }) => host.isOwner || !isOwners)
  const chosen = open.find(({ name }) => name === id)
  const shown = chosen ?? (isPhone.value ? undefined : open[0])
  // The same place in both, so that what was begun is still there on a screen that was turned.
  const isAlone = isPhone.value && shown !== undefined
  return (
    <Page title={t(isAlone ? shown.title : 'nav.settings')} hasBack={isAlone}>
      {id === 'remotes' && !host.isOwner && (
        <p class="lead-text">{t('remotes.notOwner', { host: host.name })}</p>
      )}
      <div class="settings">
        {!isAlone && <RoomList rooms={open} shown={shown} />}
        {shown && (
          <div class="settings-room" key={shown.name}>
            <shown.view part={part} />
          </div>
        )}
      </div>
    </Page>
  )
}

function RoomList({ rooms, shown }: { rooms: readonly Room[]; shown: Room | undefined }) {
  const asking = useHost().pairingRequests.value.length
  return (
    <nav class="settings-list" aria-label={t('nav.settings')}>
      <ul>
        {rooms.map(({ name, title, icon }) => (
          <li key={name}>
            <a
              class="nav-item"
              href={hrefOf('settings', name)}
              aria-current={name === shown?.name ? 'page' : undefined}
            >
              <Icon name={icon} size={20} />
              <span class="nav-name">{t(title)}</span>
              {name === 'remotes' && asking > 0 && <span class="badge inline">{asking}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
