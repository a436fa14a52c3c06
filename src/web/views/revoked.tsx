import { useHost } from '../app/context.tsx'
import { t } from '../messages/index.ts'
import { Button } from '../parts/button.tsx'
import { Mark } from '../parts/mark.tsx'
import { enterAnew } from '../state/app.ts'
import type { Door } from '../state/door.ts'
import { keepKey } from '../state/keys-kept.ts'

export function Revoked({ door }: { door: Door }) {
  const host = useHost()
  return (
    <main class="outside">
      <div class="outside-head">
        <Mark />
        <strong dir="auto">{host.name}</strong>
      </div>
      <h1>{t('link.revoked', { host: host.name })}</h1>
      <Button
        kind="main"
        onClick={() => {
          host.close()
          keepKey(door, undefined)
          void enterAnew()
        }}
      >
        {t('link.askAgain')}
      </Button>
    </main>
  )
}
