import type { Song } from '../../remote/index.ts'
import { t } from '../messages/index.ts'
import { clockText } from '../model/words.ts'
import { Dialog } from '../parts/dialog.tsx'
import { closeOverlay } from '../state/overlay.ts'

export function AboutSong({ song }: { song: Song }) {
  const facts: readonly (readonly [label: string, value: string | number])[] = [
    [t('list.title'), song.title],
    [t('list.artist'), song.artist],
    [t('list.albumArtist'), song.albumArtist === song.artist ? '' : song.albumArtist],
    [t('list.album'), song.album],
    [t('search.composer'), song.composer],
    [t('search.genre'), song.genre],
    [t('list.year'), song.year || ''],
    [t('list.track'), song.trackNumber || ''],
    [t('list.disc'), song.discNumber || ''],
    [t('list.time'), clockText(song.durationMs)],
    [t('list.plays'), song.playCount || ''],
  ]
  return (
    <Dialog label={t('item.about')} title={t('item.about')} onClose={closeOverlay}>
      <dl class="facts">
        {facts.map(
          ([label, value]) =>
            value !== '' && (
              <div key={label}>
                <dt>{label}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Dialog>
  )
}
