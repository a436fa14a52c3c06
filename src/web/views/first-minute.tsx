// Four digits for the owner to type. They stay while the page is open, and it goes on by itself.

import { t } from '../messages/index.ts'
import { IconButton } from '../parts/button.tsx'
import { copyText } from '../parts/copy-text.ts'
import { DiscMark, Mark } from '../parts/mark.tsx'
import { Qr } from '../parts/qr.tsx'
import type { Door } from '../state/door.ts'
import { show } from '../state/toast.ts'

export function FirstMinute({ digits, door, requestId }: { digits: string; door: Door; requestId: string }) {
  const command = `tonearm accept ${digits}`
  return (
    <main class="outside">
      <div class="outside-head">
        <Mark />
        <strong dir="auto">{door.hostName}</strong>
      </div>
      <h1>{t('first.title')}</h1>
      <p class="digits" role="img" aria-label={Array.from(digits).join(' ')}>
        {Array.from(digits, (digit, index) => (
          <span class="digit filled" key={index}>
            {digit}
          </span>
        ))}
      </p>
      <p class="lead">{t('first.how')}</p>
      <div class="copy-field">
        <code>{command}</code>
        <IconButton
          icon="copy"
          label={t('first.copy')}
          onClick={() => {
            copyText(command)
            show({ text: t('done.copied') })
          }}
        />
      </div>
      <Qr text={`${location.origin}/#accept=${requestId}.${digits}`} label={t('first.qr')} />
      <p class="waiting">
        <DiscMark isTurning />
        {t('first.waiting')}
      </p>
    </main>
  )
}
