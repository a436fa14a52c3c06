import '../messages/en-later.ts'
import { type MessageKey, t } from '../messages/index.ts'
import { Dialog } from '../parts/dialog.tsx'
import { closeOverlay } from '../state/overlay.ts'

const keys: readonly (readonly [keys: string, does: MessageKey])[] = [
  ['/', 'keys.search'],
  ['Space', 'keys.play'],
  ['N P', 'keys.step'],
  [', .', 'keys.seek'],
  ['− +', 'keys.volume'],
  ['M', 'player.mute'],
  ['S R', 'keys.modes'],
  ['1–5 0', 'keys.rate'],
  ['V', 'speakers.title'],
  ['Y', 'keys.lyrics'],
  ['D F', 'keys.deck'],
  ['↑ ↓ ← →', 'keys.move'],
  ['Enter', 'keys.open'],
  ['Shift Enter', 'item.next'],
  ['Q', 'item.later'],
  ['X', 'keys.select'],
  ['O Shift O', 'keys.go'],
  ['Delete', 'item.remove'],
  ['Alt ↑ ↓', 'keys.reorder'],
  ['Shift F10', 'item.more'],
  ['G A R S P Q N ,', 'keys.places'],
  ['Ctrl Z', 'queue.undo'],
  ['Esc', 'player.close'],
]

export function KeysMap() {
  return (
    <Dialog label={t('keys.title')} title={t('keys.title')} class="keys-map" onClose={closeOverlay}>
      <dl>
        {keys.map(([names, does]) => (
          <div key={names}>
            <dt>
              {names.split(' ').map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
