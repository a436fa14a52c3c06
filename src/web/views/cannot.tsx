import { KnownError } from '../../errors.ts'
import { t } from '../messages/index.ts'
import { Button } from '../parts/button.tsx'
import { Mark } from '../parts/mark.tsx'

/** The host is away, or the link was used: what it is, and the way on. */
export function Cannot({ why, onAgain }: { why: unknown; onAgain: () => void }) {
  const code = why instanceof KnownError ? why.code : undefined
  const text =
    code === 'OWNER_LINK_USED'
      ? t('first.linkUsed')
      : why instanceof KnownError && code !== 'HOST_GONE'
        ? why.row.says
        : t('first.cannot')
  return (
    <main class="outside">
      <div class="outside-head">
        <Mark />
        <strong>Tonearm</strong>
      </div>
      <h1>{text}</h1>
      <Button kind="main" onClick={onAgain}>
        {t(code === 'OWNER_LINK_USED' ? 'first.onward' : 'list.again')}
      </Button>
    </main>
  )
}
