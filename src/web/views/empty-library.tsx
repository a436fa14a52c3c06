import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'

export function EmptyLibrary() {
  const host = useHost()
  return (
    <div class="empty">
      <svg width="328" height="102" viewBox="0 0 328 102" aria-hidden="true">
        {[0, 1, 2].map((shelf) => (
          <g key={shelf} class={`shelf-${shelf}`}>
            <rect x={1 + shelf * 113} y="1" width="100" height="100" rx="2" />
            <circle cx={51 + shelf * 113} cy="51" r="27" />
            <circle class="ink-fill" cx={51 + shelf * 113} cy="51" r="3" />
          </g>
        ))}
      </svg>
      <h2>{t('empty.title')}</h2>
      <p>{t('empty.text', { host: host.name })}</p>
      <p class="quiet">{t('empty.copy')}</p>
    </div>
  )
}
