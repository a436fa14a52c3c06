// What a person does with what plays: shown at once, sent, and corrected by the host's word.

import {
  type Playable,
  positionAt,
  type QueueSong,
  type Song,
  type SongContext,
  type SongOrder,
  type Status,
} from '../../remote/index.ts'
import { t } from '../messages/index.ts'
import { inProportion, steppedVolume } from '../model/volume-rule.ts'
import { refused } from './app.ts'
import type { HostModel } from './host.ts'
import { show } from './toast.ts'

/** After so long "previous" is this song from its start, as everywhere. */
const previousGoesBackMs = 3000
const repeatAfter = { off: 'all', all: 'song', song: 'off' } as const

const at = (positionMs: number) => (status: Status) => ({
  ...status,
  positionMs,
  readAtMs: performance.now(),
})

export function playPause(host: HostModel): void {
  const isPlaying = host.status.value?.state === 'playing'
  const lay = (status: Status): Status =>
    status.track === null
      ? status
      : {
          ...status,
          ...at(positionAt(status, performance.now()))(status),
          state: isPlaying ? 'paused' : 'playing',
        }
  void host.wishes.ask('play', lay, () => (isPlaying ? host.remote.pause() : host.remote.play()))
}

/** The queue says which song that will be. */
function step(host: HostModel, target: QueueSong | undefined, send: () => Promise<void>): void {
  const lay = (status: Status): Status => (target === undefined ? status : withSong(status, target))
  void host.wishes.ask('song', lay, send)
}

function withSong(status: Status, song: QueueSong): Status {
  const { title, artist, album, songId, albumId, durationMs } = song
  if (status.track?.songId === songId) return status
  return {
    ...status,
    ...at(0)(status),
    durationMs,
    track: { title, artist, album, genre: '', songId, albumId },
    own: status.own && { ...status.own, song: undefined },
  }
}

export function next(host: HostModel): void {
  step(host, host.queue.value?.songs[0], () => host.remote.next())
}

export function previous(host: HostModel): void {
  const status = host.status.value
  const isFarIn = status !== undefined && positionAt(status, performance.now()) > previousGoesBackMs
  if (isFarIn) void host.wishes.ask('position', at(0), () => host.remote.previous())
  else step(host, host.history.value?.songs.at(-1), () => host.remote.previous())
}

export function seek(host: HostModel, positionMs: number): void {
  const durationMs = host.status.value?.durationMs ?? 0
  const wanted = Math.min(Math.max(0, positionMs), Math.max(0, durationMs - 500))
  void host.wishes.ask('position', at(wanted), () => host.remote.seek(wanted))
}

export function seekBy(host: HostModel, byMs: number): void {
  const status = host.status.value
  if (status?.canSeek) seek(host, positionAt(status, performance.now()) + byMs)
}

export function toggleShuffle(host: HostModel): void {
  const isShuffled = !(host.status.value?.isShuffled ?? false)
  const lay = (status: Status) => ({ ...status, isShuffled })
  void host.wishes.ask('shuffle', lay, () => host.remote.setShuffle(isShuffled))
}

export function turnRepeat(host: HostModel): void {
  const repeat = repeatAfter[host.status.value?.repeat ?? 'off']
  void host.wishes.ask(
    'repeat',
    (status) => ({ ...status, repeat }),
    () => host.remote.setRepeat(repeat),
  )
}

export function setVolume(host: HostModel, percent: number): Promise<boolean> {
  const before = host.status.value?.volumePercent ?? 0
  host.showSpeakers(
    host.speakers.value.map((speaker) =>
      speaker.isOn
        ? { ...speaker, volumePercent: inProportion(speaker.volumePercent, before, percent) }
        : speaker,
    ),
  )
  const lay = (status: Status): Status => ({
    ...status,
    volumePercent: percent,
    own: status.own && { ...status.own, isMuted: false },
  })
  return host.wishes.ask('volume', lay, () => host.remote.setVolume(percent))
}

export function stepVolume(host: HostModel, by: number): void {
  void setVolume(host, steppedVolume(host.status.value?.volumePercent ?? 0, by))
}

export function toggleMute(host: HostModel): void {
  const lay = (status: Status): Status => ({
    ...status,
    own: status.own && { ...status.own, isMuted: !status.own.isMuted },
  })
  void host.wishes.ask('mute', lay, () => host.remote.toggleMute())
}

/** Stars, 0 to 5; the one it has takes it away. */
export async function rate(
  host: HostModel,
  song: Pick<Song, 'id' | 'ratingPercent'>,
  stars: number,
): Promise<void> {
  const before = song.ratingPercent
  const percent = stars * 20 === before ? 0 : stars * 20
  const lay = (status: Status): Status =>
    status.own?.song?.id === song.id
      ? { ...status, own: { ...status.own, song: { ...status.own.song, ratingPercent: percent } } }
      : status
  host.lists.rate(song.id, percent)
  const isDone = await host.wishes.ask(`rating ${song.id}`, lay, () => host.remote.rate(song.id, percent))
  if (!isDone) host.lists.rate(song.id, before)
  void host.readStatus()
}

// --- from the library into the queue

export type Place = 'now' | 'next' | 'end'

const saidFor = { now: 'done.playing', next: 'done.next', end: 'done.later' } as const

/** `name` is what people call it. Undo is offered where something else was playing. */
async function put(host: HostModel, place: Place, name: string, send: () => Promise<void>): Promise<void> {
  const wasPlaying = host.status.value?.state === 'playing'
  const isDone = await host.wishes.ask(
    'song',
    (status) => status,
    () => host.during(send),
  )
  if (!isDone) return
  void host.readQueue()
  const canUndo = place !== 'now' || wasPlaying
  show({
    text: t(saidFor[place], { name }),
    name,
    ...(canUndo ? { action: { label: t('done.undo'), run: () => undo(host) } } : {}),
  })
}

export function playItem(host: HostModel, item: Playable, place: Place = 'now', isShuffled = false): void {
  void put(host, place, nameOf(item), () => host.remote.playItem(item, { place, isShuffled }))
}

/** Songs in the order they are shown, beginning with one of them. What was put up by hand stays. */
export function playSongs(
  host: HostModel,
  songs: readonly Song[],
  { start = 0, from }: { start?: number; from?: string | undefined } = {},
): void {
  const whole = {
    songIds: songs.map(({ id }) => id),
    startIndex: start,
    keepsUpNext: true,
    ...(from ? { from } : {}),
  }
  void put(host, 'now', songs[start]?.title ?? '', () => host.remote.setQueue(whole))
}

export function putSongs(host: HostModel, songs: readonly Song[], place: Place, name: string): void {
  const ids = songs.map(({ id }) => id)
  void put(host, place, name, () => host.remote.playSongs(ids, { place }))
}

export function nameOf(item: Playable): string {
  return item.kind === 'artist' || item.kind === 'playlist' ? item.name : item.title
}

export async function undo(host: HostModel): Promise<void> {
  try {
    await host.during(() => host.remote.undo())
    show({ text: t('done.undone') })
  } catch (error) {
    refused(error, host.name)
  }
  void host.readQueue()
}

/** A song of a list, and behind it what follows in that list. */
export function playFrom(host: HostModel, song: Song, within: SongContext, order?: SongOrder): void {
  void put(host, 'now', song.title, () => host.remote.playSongOf(song, within, { order }))
}

/** All songs there are, by chance. */
export function playAll(host: HostModel): void {
  const base = host.playlists.value?.find(({ isBase }) => isBase)
  if (base) playItem(host, base, 'now', true)
}
