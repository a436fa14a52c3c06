// The picture that a remote of the SDK has, from its watch alone.

import assert from 'node:assert/strict'
import type { QueueSong, Remote, Speaker, Status } from '../../../src/remote/index.ts'
import { type Picture, Rereading, ratingsText, speakerText } from './picture.ts'

export interface Follower {
  /** Undefined while something is being read. */
  picture(): Picture | undefined
  /** Words for what made the changes, those that came. */
  readonly causes: ReadonlySet<string>
}

export function followBySdk(remote: Remote, signal: AbortSignal): Follower {
  let status: Status | undefined
  let upNext: readonly QueueSong[] = []
  let speakers: readonly Speaker[] = []
  let ratings: readonly string[] = []
  const causes = new Set<string>()
  const rereading = new Rereading({
    async queue() {
      upNext = (await remote.queue({ span: 10_000 })).songs
    },
    async speakers() {
      speakers = await remote.speakers()
    },
    async library() {
      ratings = ratingsText((await remote.songs()).items)
    },
  })
  let fault: unknown
  const watch = async () => {
    for await (const event of remote.watch({ signal })) {
      assert.notEqual(event.event, 'gone')
      if (event.event === 'status') {
        assert.ok(event.status.revision >= (status?.revision ?? 0), 'no state is older than the one before')
        status = event.status
        causes.add(event.cause)
      }
      if (event.event === 'connected') rereading.due('queue', 'speakers', 'library')
      if (event.event === 'queue' || event.event === 'speakers' || event.event === 'library')
        rereading.due(event.event)
    }
  }
  watch().catch((error: unknown) => {
    fault = error
  })

  return {
    causes,
    picture() {
      if (fault !== undefined) throw fault
      if (!status || !rereading.isUpToDate) return undefined
      const { state, track, volumePercent, isShuffled, repeat } = status
      return {
        state,
        songId: track?.songId,
        volumePercent,
        isShuffled,
        repeat,
        upNext: upNext.map(({ songId }) => songId),
        speakers: speakers.map(({ name, isOn, relativeVolumePercent }) =>
          speakerText(name, isOn, relativeVolumePercent),
        ),
        ratings,
      }
    },
  }
}
