// Where the music lies, which the owner can change; how far it is read, and what could not be read.

import { useEffect, useState } from 'preact/hooks'
import type { Remote } from '../../../remote/index.ts'
import { useHost } from '../../app/context.tsx'
import { t } from '../../messages/index.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { FolderChooser } from '../../parts/folder-chooser.tsx'
import { Icon } from '../../parts/icon.tsx'
import { refused } from '../../state/app.ts'
import { show } from '../../state/toast.ts'

type Folders = Awaited<ReturnType<Remote['folders']>>

interface Failure {
  readonly path: string
  readonly reason: string
}

export function FolderSettings() {
  const host = useHost()
  const scan = host.scan.value
  const [music, setMusic] = useState<Folders>({ folders: [], areNamedAtStart: false })
  const [isChoosing, setChoosing] = useState(false)
  const [failures, setFailures] = useState<readonly Failure[]>([])
  const isScanning = scan?.state === 'scanning'
  useEffect(() => {
    const onError = (error: unknown) => refused(error, host.name)
    host.remote.folders().then(setMusic, onError)
    host.remote.scanFailures().then(setFailures, onError)
  }, [host, isScanning])
  const run = (work: () => Promise<unknown>) => () =>
    void work().catch((error: unknown) => refused(error, host.name))
  const { folders } = music
  const change = async (wanted: readonly string[]) => setMusic(await host.remote.setFolders(wanted))
  const remove = (folder: string) => async () => {
    await change(folders.filter((other) => other !== folder))
    const undo = run(() => change(folders))
    show({
      text: t('done.removed', { name: folder }),
      name: folder,
      action: { label: t('done.undo'), run: undo },
    })
  }
  const add = (folder: string) => {
    setChoosing(false)
    run(() => change([...folders, folder]))()
  }
  return (
    <>
      <ul class="plain-list lines">
        {folders.map((folder) => (
          <li key={folder} class="line-item">
            <Icon name="folder" />
            <span class="path" dir="ltr">
              {folder}
            </span>
            {folders.length > 1 && (
              <IconButton
                icon="remove"
                label={t('folders.remove', { folder })}
                onClick={run(remove(folder))}
              />
            )}
          </li>
        ))}
      </ul>
      {isChoosing ? (
        <FolderChooser onChoose={add} onCancel={() => setChoosing(false)} />
      ) : (
        <Button icon="plus" onClick={() => setChoosing(true)}>
          {t('folders.add')}
        </Button>
      )}
      {music.areNamedAtStart && <p class="quiet">{t('folders.atStart', { host: host.name })}</p>}
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
    </>
  )
}
