import { t } from '../messages/index.ts'
import { useHost } from './context.tsx'

/** One line while music is read. */
export function ScanLine() {
  const scan = useHost().scan.value
  if (scan?.state !== 'scanning') return null
  const percent = scan.filesFound > 0 ? Math.floor((100 * scan.filesRead) / scan.filesFound) : 0
  return (
    <div class="scan-line">
      <div>
        <strong>{t('scan.reading')}</strong>
        <span>{t('scan.percent', { count: percent })}</span>
      </div>
      <progress max={100} value={percent} aria-label={t('scan.reading')} />
    </div>
  )
}
