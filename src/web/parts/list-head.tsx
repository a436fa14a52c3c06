// The heads of the columns, by which a list is put into another order.

import type { SongOrder } from '../../remote/index.ts'
import { type MessageKey, t } from '../messages/index.ts'
import { Icon } from './icon.tsx'

interface Column {
  readonly name: string
  readonly title: MessageKey
  readonly order?: SongOrder
}

const columns: readonly Column[] = [
  { name: 'names', title: 'list.title', order: 'title' },
  { name: 'artist', title: 'list.artist', order: 'artist' },
  { name: 'album', title: 'list.album', order: 'album' },
  { name: 'stars', title: 'list.rating', order: 'rating' },
  { name: 'time', title: 'list.time', order: 'time' },
]

export function ListHead({ order, onOrder }: { order: SongOrder; onOrder: (order: SongOrder) => void }) {
  return (
    <div class="list-head list-songs" role="group" aria-label={t('list.sort')}>
      {columns.map(({ name, title, order: wanted }) => (
        <button
          type="button"
          key={name}
          class={`head-${name}`}
          aria-pressed={wanted === order}
          onClick={() => wanted && onOrder(wanted)}
        >
          {t(title)}
          {wanted === order && <Icon name="down" size={14} />}
        </button>
      ))}
    </div>
  )
}
