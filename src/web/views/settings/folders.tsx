// Where the music lies, how far it is read, and what could not be read.

import { useEffect, useState } from 'preact/hooks'
import { useHost } from '../../app/context.tsx'
import { t } from '../../messages/index.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { refused } from '../../state/app.ts'

interface Failure {
  readonly path: string
  readonly reason: string
}

export function FolderSettings() {
  const host = useHost()
  const scan = host.scan.value
  const [folders, setFolders] = useState<readonly string[]>([])
  const [failures, setFailures] = useState<readonly Failure[]>([])
  const isScanning = scan?.state === 'scanning'
  useEffect(() => {
    const onError = (error: unknown) => refused(error, host.name)
    host.remote.folders().then(setFolders, onError)
    host.remote.scanFailures().then(setFailures, onError)
  }, [host, isScanning])
  const run = (work: () => Promise<unknown>) => () =>
    void work().catch((error: unknown) => refused(error, host.name))
  return (
    <>
      <ul class="plain-list lines">
        {folders.map((folder) => (
          <li key={folder} class="line-item">
            <Icon name="folder" />
            <span class="path" dir="ltr">
              {folder}
            </span>
          </li>
        ))}
      </ul>
      <section class="scan-card">
        <div>
          <h2>
            {isScanning
              ? t('scan.of', { read: scan.filesRead, found: scan.filesFound })
              : t('count.songs', { count: scan?.last?.tracks ?? host.songCount.value ?? 0 })}
          </h2>
          <p>{scan?.trouble ?? t(isScanning ? 'scan.playable' : 'folders.followed')}</p>
        </div>
        {isScanning ? (
          <Button onClick={run(() => host.remote.cancelScan())}>{t('folders.stop')}</Button>
        ) : (
          <Button onClick={run(() => host.remote.startScan())}>{t('folders.look')}</Button>
        )}
        {isScanning && (
          <progress
            max={Math.max(1, scan.filesFound)}
            value={scan.filesRead}
            aria-label={t('scan.reading')}
          />
        )}
      </section>
      {failures.length > 0 && (
        <details class="failures">
          <summary>{t('scan.failed', { count: failures.length })}</summary>
          <ul>
            {failures.map(({ path, reason }) => (
              <li key={path}>
                <code dir="ltr">{path}</code>
                <span>{reason}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p class="quiet">{t('folders.change')}</p>
    </>
  )
}
