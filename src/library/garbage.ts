// Memory shared between threads is not counted by V8: columns that nobody reads any more would stay, some tens of
// megabytes for each view of a large library, until something else makes it look.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Bytes of columns that may have been left behind before it is worth some milliseconds to look. */
const worthCollecting = 48_000_000
/** About what a song takes. */
const bytesPerSong = 320

let leftBehind = 0
let collect: (() => void) | undefined

/** A view of so many songs was replaced by one that shares little with it. */
export function columnsWereReplaced(songs: number): void {
  leftBehind += songs * bytesPerSong
  if (leftBehind < worthCollecting) return
  leftBehind = 0
  setImmediate(() => {
    if (collect === undefined) {
      setFlagsFromString('--expose-gc')
      collect = runInNewContext('gc') as () => void
    }
    collect()
  })
}
