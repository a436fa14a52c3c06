import { useHost } from '../../app/context.tsx'
import { t } from '../../messages/index.ts'
import { Mark } from '../../parts/mark.tsx'

export function AboutSettings() {
  const host = useHost()
  return (
    <div class="about">
      <Mark size={56} />
      <h2 dir="auto">{host.name}</h2>
      <dl class="facts">
        <div>
          <dt>{t('about.software')}</dt>
          <dd>{host.remote.host.software}</dd>
        </div>
        <div>
          <dt>{t('about.address')}</dt>
          <dd>{host.remote.host.address}</dd>
        </div>
        <div>
          <dt>{t('page.songs')}</dt>
          <dd>{t('count.songs', { count: host.songCount.value ?? 0 })}</dd>
        </div>
      </dl>
      <p class="quiet">{t('about.licence')}</p>
    </div>
  )
}
