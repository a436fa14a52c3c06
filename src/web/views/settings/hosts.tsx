import { useHost } from '../../app/context.tsx'
import { t } from '../../messages/index.ts'
import { Icon } from '../../parts/icon.tsx'

/** The hosts this page controls: the place where others will stand beside this one. */
export function HostSettings() {
  const host = useHost()
  return (
    <ul class="plain-list lines">
      <li class="line-item">
        <Icon name="host" />
        <span class="names">
          <strong dir="auto">{host.name}</strong>
          <span class={host.link.value.state === 'here' ? 'here-now' : 'quiet'}>
            {host.link.value.state === 'here' ? t('remotes.here') : t('link.lost', { host: host.name })}
          </span>
        </span>
        <span class="quiet">{host.remote.host.address}</span>
      </li>
    </ul>
  )
}
