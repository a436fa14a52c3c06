import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { hrefOf } from '../state/route.ts'
import { Icon } from './icon.tsx'

/** The first time music is read, it is worth more than a line. */
export function ScanCard() {
  const host = useHost()
  const scan = host.scan.value
  if (scan?.state !== 'scanning') return null
  return (
    <section class="scan-card" aria-label={t('scan.reading')}>
      <div>
        <h2>{t('scan.of', { read: scan.filesRead, found: scan.filesFound })}</h2>
        <p>{t('scan.playable')}</p>
      </div>
      {(scan.last?.failed ?? 0) > 0 && host.isOwner && (
        <a class="warn-pill" href={hrefOf('settings', 'folders')}>
          <Icon name="warn" size={16} />
          {t('scan.failed', { count: scan.last?.failed ?? 0 })}
        </a>
      )}
      <progress max={Math.max(1, scan.filesFound)} value={scan.filesRead} aria-label={t('scan.reading')} />
    </section>
  )
}
