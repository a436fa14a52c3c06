import type { OutputStatus } from '../../player/index.ts'
import type { DmapNode } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'

/**
 * Lists the speakers: name, id, and volume relative to the master.
 *
 * Request GET /ctrl-int/1/getspeakers
 * Answers `casp` with one `mdcl` each; `caia` is left out for those that are off, since TunesRemote tests its presence.
 * Source  docs/protocol/dacp-control.md, section 8.
 */
export const getspeakers: Endpoint = ({ player }) => [
  'casp',
  [['mstt', 200], ...player.state.outputs.map((output): DmapNode => ['mdcl', speakerOf(output)])],
]

function speakerOf({ isOn, name, speakerId, relativeVolumePercent }: OutputStatus): DmapNode[] {
  const isActive: DmapNode[] = isOn ? [['caia', 1]] : []
  return [...isActive, ['minm', name], ['msma', speakerId], ['cmvo', relativeVolumePercent]]
}
