import { useState } from 'preact/hooks'
import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { closeOverlay } from '../state/overlay.ts'
import { saveQueue } from '../state/queue-actions.ts'

export function SaveQueue() {
  const host = useHost()
  const [name, setName] = useState(host.queue.value?.from ?? '')
  return (
    <Dialog label={t('queue.save')} title={t('queue.save')} class="choose" onClose={closeOverlay}>
      <form
        class="inline-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() === '') return
          closeOverlay()
          void saveQueue(host, name.trim())
        }}
      >
        <input
          type="text"
          value={name}
          autofocus
          aria-label={t('playlist.newName')}
          maxLength={255}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <Button kind="main" isSubmit isDisabled={name.trim() === ''}>
          {t('playlist.save')}
        </Button>
      </form>
    </Dialog>
  )
}
