// A scan in words.

import type { ApiScanProgress, ApiScanResult } from '../../protocol/index.ts'
import { counted, printable } from '../terminal/text.ts'

export function resultText(result: ApiScanResult): string {
  const { tracks, added, changed, removed, failed, seconds } = result
  if (tracks === 0 && failed === 0) return 'The folder holds no music yet. It is watched: copy some in.'
  const parts = [
    added > 0 && `${added} new`,
    changed > 0 && `${changed} changed`,
    removed > 0 && `${removed} removed`,
    failed > 0 && `${failed} could not be read`,
  ].filter((part) => part !== false)
  return `${counted(tracks, 'song')}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}, looked through in ${seconds.toFixed(1)} s`
}

export function progressText({ state, filesFound, filesRead, last, trouble }: ApiScanProgress): string {
  if (state === 'scanning') return `Reading the music: ${filesRead} of ${counted(filesFound, 'file')}`
  if (trouble !== null) return printable(trouble) // a sentence of the host
  return last ? resultText(last) : 'The music has not been looked through yet.'
}
