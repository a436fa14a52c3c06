// What the browser's window, the system's player and a screen reader are told of what plays.

import { useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { positionAt } from '../../remote/index.ts'
import { t } from '../messages/index.ts'
import * as actions from '../state/actions.ts'
import { inside } from '../state/app.ts'
import { coverOfSong } from '../state/covers.ts'
import type { HostModel } from '../state/host.ts'
import { tellsSongs } from '../state/settings.ts'
import { say } from '../state/toast.ts'
import { useHost } from './context.tsx'

/** Before the first song there is nothing to tell, and a browser takes its time. */
let hasTold = false

export function NowPlayingTold(): null {
  const host = useHost()
  const told = useRef<string>(undefined)
  useSignalEffect(() => {
    const status = host.status.value
    const track = status?.track
    if (status && track && status.state === 'playing')
      document.title = `${track.title}, ${track.artist} · Tonearm`
    const name = track && `${track.title}, ${track.artist}`
    if (tellsSongs.value && name && told.current !== undefined && told.current !== name)
      say(t('player.told', { name }))
    told.current = name ?? ''
  })
  useSignalEffect(() => {
    hasTold ||= host.status.value?.track !== undefined
    if (hasTold) tellSystem(host)
  })
  return null
}

const coverSizes = [96, 200, 400] as const
const skipMs = 10_000

function tellSystem(host: HostModel): void {
  const session = navigator.mediaSession
  if (!session) return
  const status = host.status.value
  const track = status?.track
  session.playbackState = !track ? 'none' : status.state === 'playing' ? 'playing' : 'paused'
  if (!status || !track) return
  const cover = coverOfSong(track)
  const covers = inside.value?.covers
  session.metadata = new MediaMetadata({
    title: track.title,
    artist: track.artist,
    album: track.album,
    artwork: coverSizes.flatMap((size) => {
      const url = cover && covers?.url(cover, size / devicePixelRatio)
      return url ? [{ src: new URL(url, location.href).href, sizes: `${size}x${size}` }] : []
    }),
  })
  if (status.durationMs > 0)
    session.setPositionState?.({
      duration: status.durationMs / 1000,
      position: Math.min(status.durationMs, positionAt(status, performance.now())) / 1000,
      playbackRate: 1,
    })
  session.setActionHandler('play', () => actions.playPause(host))
  session.setActionHandler('pause', () => actions.playPause(host))
  session.setActionHandler('nexttrack', () => actions.next(host))
  session.setActionHandler('previoustrack', () => actions.previous(host))
  session.setActionHandler(
    'seekto',
    ({ seekTime }) => seekTime !== undefined && actions.seek(host, seekTime * 1000),
  )
  session.setActionHandler('seekbackward', ({ seekOffset }) =>
    actions.seekBy(host, -(seekOffset ?? skipMs / 1000) * 1000),
  )
  session.setActionHandler('seekforward', ({ seekOffset }) =>
    actions.seekBy(host, (seekOffset ?? skipMs / 1000) * 1000),
  )
}
