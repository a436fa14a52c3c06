// This browser as a speaker: what the host plays, heard here. What was sent cannot be taken back, so the stream is
// opened anew where the song jumps, and the element waits while the host does.

import { effect, signal } from '@preact/signals'
import type { Status } from '../../remote/index.ts'
import { followsOn } from '../model/follows-on.ts'
import { refused } from './app.ts'
import type { HostModel } from './host.ts'
import { keep, kept } from './kept.ts'
import { ownName } from './own-name.ts'

export const qualities = ['opus', 'flac', 'mp3'] as const
export type Quality = (typeof qualities)[number]

export interface OwnStream {
  /** Its speakers are called `stream:ID.…`. */
  readonly id: string
  readonly key: string
}

export const quality = signal<Quality>(qualities.find((one) => one === kept('quality')) ?? 'opus')
export const ownStream = signal<OwnStream | undefined>(undefined)
export const isListening = signal(false)
/** The browser waits for a tap before it makes sound. */
export const isBlocked = signal(false)

let audio: HTMLAudioElement | undefined
let stopFollowing = () => {}
let openings = 0

const keptName = (host: HostModel): string => `stream ${host.remote.host.address}`

/** For this browser and any other player; made once and kept. */
export async function streamOf(host: HostModel): Promise<OwnStream | undefined> {
  const before = kept(keptName(host))
  const known = await host.remote.streams().catch(() => undefined)
  if (isStream(before) && (known === undefined || known.some(({ id }) => id === before.id))) {
    ownStream.value = before
    return before
  }
  try {
    const made = await host.remote.makeStream({ name: ownName() })
    keep(keptName(host), made)
    ownStream.value = made
    return made
  } catch (error) {
    refused(error, host.name)
    return undefined
  }
}

export function streamAddress(host: HostModel, { key }: OwnStream, as: Quality): string {
  return `${location.protocol}//${host.remote.host.address}/stream/${key}.${as}`
}

export async function listen(host: HostModel): Promise<void> {
  // At once, while the tap still counts as one.
  audio ??= new Audio()
  isListening.value = true
  const stream = await streamOf(host)
  if (!stream || !isListening.value) {
    isListening.value = false
    return
  }
  follow(host, stream, audio)
}

export function stopListening(): void {
  isListening.value = false
  isBlocked.value = false
  stopFollowing()
  audio?.pause()
  audio?.removeAttribute('src')
  audio?.load()
}

export function chooseQuality(host: HostModel, wanted: Quality): void {
  quality.value = wanted
  keep('quality', wanted)
  if (isListening.value) void listen(host)
}

function follow(host: HostModel, stream: OwnStream, element: HTMLAudioElement): void {
  stopFollowing()
  let heard: Status | undefined
  stopFollowing = effect(() => {
    const status = host.status.value
    const before = heard
    heard = status
    if (status?.state !== 'playing') return element.pause()
    if (before?.state === 'playing' && followsOn(before, status)) return
    openings += 1
    element.src = `${streamAddress(host, stream, quality.value)}?t=${openings}`
    play(element)
  })
}

/** After a tap that the browser waited for, too. */
export function play(element: HTMLAudioElement | undefined = audio): void {
  isBlocked.value = false
  element?.play().catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'NotAllowedError') isBlocked.value = true
  })
}

function isStream(value: unknown): value is OwnStream {
  if (typeof value !== 'object' || value === null) return false
  const { id, key } = value as Record<string, unknown>
  return typeof id === 'string' && typeof key === 'string'
}
