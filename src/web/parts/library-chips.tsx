// On phones and tablets the parts of the library stand above the list; on a desk they are in the sidebar.

import { t } from '../messages/index.ts'
import { hrefOf, route } from '../state/route.ts'
import { Chip } from './button.tsx'
import { libraryPages } from './library-pages.ts'
import { isDesk } from './use-media.ts'

export function LibraryChips() {
  if (isDesk.value) return null
  return (
    <nav class="chips library-chips" aria-label={t('nav.libraryParts')}>
      {libraryPages.map(({ name, title }) => (
        <Chip key={name} isOn={route.value[0] === name} href={hrefOf(name)}>
          {t(title)}
        </Chip>
      ))}
    </nav>
  )
}
