// A client of DAAP and DACP written against the wire alone: two long polls, plain GETs, no SDK.

import assert from 'node:assert/strict'
import { child, children, type DmapContainer, decode, unpackItemSpec } from '../../../src/protocol/index.ts'
import { type Picture, Rereading, ratingsText, speakerText } from './picture.ts'
import type { Follower } from './sdk-picture.ts'

export interface RawClient extends Follower {
  /** A path under /ctrl-int/1/, with its parameters; the status. */
  command(path: string): Promise<number>
}

const states = ['', '', 'stopped', 'paused', 'playing', 'playing', 'playing']
const repeats = ['off', 'song', 'all']

export async function startRawClient(url: string, guid: string, signal: AbortSignal): Promise<RawClient> {
  const get = (path: string) => fetch(url + path, { signal })
  const tree = async (path: string): Promise<DmapContainer> => {
    const response = await get(path)
    assert.equal(response.status, 200, path)
    return decode(new Uint8Array(await response.arrayBuffer()))[0]?.[1] as DmapContainer
  }
  const session = child(await tree(`/login?pairing-guid=0x${guid}`), 'mlid')
  const asked = `session-id=${session}`

  let status: Omit<Picture, 'volumePercent' | 'upNext' | 'speakers' | 'ratings'> | undefined
  let volumePercent = 0
  let upNext: Picture['upNext'] = []
  let speakers: readonly string[] = []
  let ratings: readonly string[] = []
  const rereading = new Rereading({
    async volume() {
      const answer = await tree(`/ctrl-int/1/getproperty?properties=dmcp.volume&${asked}`)
      volumePercent = child(answer, 'cmvo') ?? -1
    },
    async queue() {
      const answer = await tree(`/ctrl-int/1/playqueue-contents?span=10000&${asked}`)
      upNext = listed(answer).map((song) => unpackItemSpec(child(song, 'ceQs') ?? new Uint8Array())?.itemId)
    },
    async speakers() {
      const answer = await tree(`/ctrl-int/1/getspeakers?${asked}`)
      speakers = children(answer, 'mdcl').map((item) =>
        speakerText(child(item, 'minm') ?? '', child(item, 'caia') === 1, child(item, 'cmvo') ?? -1),
      )
    },
    async library() {
      const answer = await tree(`/databases/1/items?meta=dmap.itemid,daap.songuserrating&${asked}`)
      const songs = listed(answer).map((item) => ({
        id: child(item, 'miid') ?? 0,
        ratingPercent: child(item, 'asur') ?? 0,
      }))
      ratings = ratingsText(songs)
    },
  })

  async function followPlayer(): Promise<void> {
    for (let revision = 1; ; ) {
      const cmst = await tree(`/ctrl-int/1/playstatusupdate?revision-number=${revision}&${asked}`)
      const next = child(cmst, 'cmsr') ?? 0
      assert.ok(next >= revision, 'the revision only grows')
      revision = next
      const ids = child(cmst, 'canp')
      status = {
        state: states[child(cmst, 'caps') ?? 0] ?? '',
        songId: ids && unpackItemSpec(ids)?.itemId,
        isShuffled: child(cmst, 'cash') === 1,
        repeat: repeats[child(cmst, 'carp') ?? 0] ?? '',
      }
      rereading.due('volume', 'queue', 'speakers')
    }
  }
  async function followLibrary(): Promise<void> {
    for (let revision = 1; ; ) {
      revision = child(await tree(`/update?revision-number=${revision}&${asked}`), 'musr') ?? 0
      rereading.due('library')
    }
  }
  let fault: unknown
  for (const following of [followPlayer(), followLibrary()])
    following.catch((error: unknown) => {
      fault = error
    })

  return {
    causes: new Set(),
    async command(path) {
      const response = await get(`/ctrl-int/1/${path}${path.includes('?') ? '&' : '?'}${asked}`)
      await response.arrayBuffer()
      return response.status
    },
    picture() {
      if (fault !== undefined) throw fault
      if (!status || !rereading.isUpToDate) return undefined
      return { ...status, volumePercent, upNext, speakers, ratings }
    },
  }
}

function listed(answer: DmapContainer): DmapContainer[] {
  return children(child(answer, 'mlcl') ?? [], 'mlit')
}
