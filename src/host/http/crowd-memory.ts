// Memory for a crowd: where thousands wait, V8's place for new objects is too small as main.js leaves it.

import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** From here on it is a crowd. */
const crowd = 1000
/** So often it is looked whether the place has grown: V8 lets it grow when as much as it holds has outlived a collection. */
const lookEach = 128
/** Both halves, bytes. */
const enoughBytes = 16 * 1024 * 1024

let state: 'small' | 'growing' | 'enough' = 'small'

/**
 * To be told of each request that waits, and how many do now. New objects have 1 MB, which is right for a household: what
 * is made for a request outlives its answer only where thousands are answered at once, and then the collector would run
 * for every fifty of them. For a crowd it may be larger once, and no larger than that.
 */
export function makeRoomForCrowd(waiting: number): void {
  if (state === 'enough' || waiting < crowd || waiting % lookEach !== 0) return
  if (newSpaceBytes() >= enoughBytes) {
    setFlagsFromString('--semi-space-growth-factor=1')
    state = 'enough'
  } else if (state === 'small') {
    setFlagsFromString('--semi-space-growth-factor=2')
    state = 'growing'
  }
}

function newSpaceBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0
}
