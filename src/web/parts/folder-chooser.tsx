// Chooses a folder of the host's machine: step by step through its folders, or by typing its path.

import { useEffect, useState } from 'preact/hooks'
import { KnownError } from '../../errors.ts'
import type { Remote } from '../../remote/index.ts'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { insideOf, parentOf } from '../model/host-path.ts'
import { refused } from '../state/app.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

type Place = Awaited<ReturnType<Remote['foldersInside']>>

interface FolderChooserProps {
  onChoose: (path: string) => void
  onCancel: () => void
}

export function FolderChooser({ onChoose, onCancel }: FolderChooserProps) {
  const host = useHost()
  const [place, setPlace] = useState<Place>()
  const [path, setPath] = useState('')
  const [isWrong, setWrong] = useState(false)
  const open = async (wanted?: string) => {
    try {
      const found = await host.remote.foldersInside(wanted)
      setPlace(found)
      setPath((typed) => (wanted === undefined && typed !== '' ? typed : found.path))
      setWrong(false)
    } catch (error) {
      const isMissing = error instanceof KnownError && error.code === 'FOLDER_MISSING'
      setWrong(isMissing)
      if (!isMissing) refused(error, host.name)
    }
  }
  useEffect(() => void open(), [host])
  const above = place && parentOf(place.path)

  return (
    <section class="scan-card folder-chooser" aria-label={t('folders.add')}>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault()
          void open(path)
        }}
      >
        <input
          type="text"
          class="path"
          dir="ltr"
          value={path}
          aria-label={t('folders.path', { host: host.name })}
          aria-invalid={isWrong}
          aria-describedby={isWrong ? 'wrong-folder' : undefined}
          maxLength={4096}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setPath(event.currentTarget.value)}
        />
        <Button isSubmit>{t('folders.open')}</Button>
      </form>
      {isWrong && (
        <p class="field-error" id="wrong-folder" role="alert">
          <Icon name="warn" size={18} />
          {t('folders.wrong', { host: host.name })}
        </p>
      )}
      <ul class="plain-list folder-list">
        {above !== undefined && (
          <li>
            <button type="button" onClick={() => void open(above)}>
              <Icon name="up" size={20} />
              <span>{t('folders.above')}</span>
            </button>
          </li>
        )}
        {place?.names.map((name) => (
          <li key={name}>
            <button type="button" onClick={() => void open(insideOf(place.path, name))}>
              <Icon name="folder" size={20} />
              <span dir="auto">{name}</span>
            </button>
          </li>
        ))}
      </ul>
      <div class="album-buttons">
        <Button
          kind="main"
          isDisabled={place === undefined || path !== place.path}
          onClick={() => place && onChoose(place.path)}
        >
          {t('folders.use')}
        </Button>
        <Button onClick={onCancel}>{t('playlist.cancel')}</Button>
      </div>
    </section>
  )
}
