// On phones and tablets the parts of the library stand above the list; on a desk they are in the sidebar.

import { useEffect, useRef } from 'preact/hooks'
import { t } from '../messages/index.ts'
import { hrefOf, route } from '../state/route.ts'
import { Chip } from './button.tsx'
import { chipOrder, libraryPages } from './library-pages.ts'
import { isDesk } from './use-media.ts'

const chips = chipOrder.flatMap((name) => libraryPages.filter((page) => page.name === name))

export function LibraryChips() {
  const row = useRef<HTMLElement>(null)
  useEffect(() => {
    const chip = row.current?.querySelector<HTMLElement>('[aria-current]')
    if (chip && row.current)
      row.current.scrollLeft = chip.offsetLeft - row.current.clientWidth / 2 + chip.offsetWidth / 2
  }, [route.value[0]])
  if (isDesk.value) return null
  return (
    <nav ref={row} class="chips library-chips" aria-label={t('nav.libraryParts')}>
      {chips.map(({ name, title }) => (
        <Chip key={name} isOn={route.value[0] === name} href={hrefOf(name)}>
          {t(title)}
        </Chip>
      ))}
    </nav>
  )
}
