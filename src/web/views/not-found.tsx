import { t } from '../messages/index.ts'
import { Page } from '../parts/page.tsx'
import { hrefOf } from '../state/route.ts'

export function NotFound() {
  return (
    <Page title={t('page.notFound')} hasBack>
      <div class="notice">
        <a class="button outline" href={hrefOf('albums')}>
          {t('page.albums')}
        </a>
      </div>
    </Page>
  )
}
