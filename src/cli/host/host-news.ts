// What is told of a host that runs: its scans, and what it plays.

import type { Library, ScanProgress, ScanResult } from '../../library/index.ts'
import type { Player } from '../../player/index.ts'
import type { HostReport } from './host-report.ts'

/** Of every scan, also of one that has ended already. */
export function tellScans(report: HostReport, library: Library): void {
  let told: ScanResult | undefined
  function tell(progress: ScanProgress): void {
    report.progress(progress)
    if (progress.last === undefined || progress.last === told) return
    const before = told
    told = progress.last
    // Else something stirred in a folder, and it was nothing that is listed.
    const isNews = told.added + told.changed + told.removed > 0 || told.failed !== before?.failed
    if (isNews) report.scanned(told, library.failures())
  }
  library.onProgress(tell)
  tell(library.progress)
}

/** Each new song, and each output that cannot sound, until the player is closed. */
export async function tellPlaying(report: HostReport, player: Player): Promise<void> {
  const never = new AbortController().signal
  const troubles = new Map<string, string | undefined>()
  let told: number | undefined
  for (let state = player.state; ; state = await player.changedSince(state.revision, never)) {
    for (const { id, name, isOn, trouble } of state.outputs) {
      if (isOn && trouble !== undefined && troubles.get(id) !== trouble) report.noSound({ id, name, trouble })
      troubles.set(id, trouble)
    }
    const playing = state.state === 'playing' ? state.nowPlaying?.entryId : undefined
    if (playing !== undefined && playing !== told && state.song) report.playing(state.song)
    told = playing
  }
}
