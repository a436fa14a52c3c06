// What people do at once, by chance: the same numbers give the same commands.

import type { Remote } from '../../../src/remote/index.ts'
import type { RawClient } from './raw-client.ts'

/** From 0 up to, but without, `below`. */
export type Chance = (below: number) => number

export function chanceFrom(seed: number): Chance {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Command<Client> = (client: Client, chance: Chance, songIds: readonly number[]) => Promise<unknown>

const oneOf = <Item>(items: readonly Item[], chance: Chance): Item => items[chance(items.length)] as Item
const someOf = (songIds: readonly number[], chance: Chance): number[] =>
  Array.from({ length: 1 + chance(5) }, () => oneOf(songIds, chance))

/** Every way in which the SDK changes what is seen. */
export const sdkCommands: readonly Command<Remote>[] = [
  (remote) => remote.play(),
  (remote) => remote.pause(),
  (remote) => remote.toggle(),
  (remote) => remote.next(),
  (remote) => remote.next(),
  (remote) => remote.previous(),
  (remote, chance) => (chance(4) === 0 ? remote.stop() : remote.play()),
  (remote, chance) => remote.seek(chance(3000)),
  (remote, chance) => remote.setVolume(chance(101)),
  (remote, chance) => (chance(2) === 0 ? remote.louder() : remote.quieter()),
  (remote) => remote.toggleMute(),
  (remote, chance) => remote.setShuffle(chance(2) === 0),
  (remote, chance) => remote.setRepeat(oneOf(['off', 'song', 'all'] as const, chance)),
  (remote, chance) => remote.wind(oneOf(['forward', 'back'] as const, chance)),
  (remote) => remote.endWind(),
  (remote, chance, songIds) => remote.playSongs(someOf(songIds, chance)),
  (remote, chance, songIds) => remote.playSongs(someOf(songIds, chance), { place: 'next' }),
  (remote, chance, songIds) => remote.playSongs(someOf(songIds, chance), { place: 'end' }),
  async (remote, chance) => {
    const songs = (await remote.songs({ offset: chance(10), count: 1 })).items
    for (const song of songs) await remote.playItem(song, { isShuffled: chance(2) === 0 })
  },
  (remote, chance, songIds) =>
    remote.setQueue({
      songIds: songIds.slice(chance(8)),
      startIndex: chance(4),
      positionMs: chance(500),
      isPaused: chance(2) === 0,
    }),
  async (remote, chance) => {
    const { songs } = await remote.queue()
    if (songs.length > 1) await remote.moveQueueSong(oneOf(songs, chance), oneOf(songs, chance))
  },
  async (remote, chance) => {
    const { songs } = await remote.queue()
    if (songs.length > 0) await remote.removeQueueSongs([oneOf(songs, chance)])
  },
  async (remote, chance) => {
    const { songs } = await remote.queue({ span: chance(2) === 0 ? 20 : -20 })
    if (songs.length > 0) await remote.playQueueSong(oneOf(songs, chance))
  },
  (remote, chance) => (chance(4) === 0 ? remote.clearQueue() : Promise.resolve()),
  (remote, chance, songIds) => remote.rate(oneOf(songIds, chance), chance(6) * 20),
  (remote, chance, songIds) =>
    remote.setFeeling(oneOf(songIds, chance), oneOf(['liked', 'disliked', 'neutral'] as const, chance)),
  async (remote, chance) => {
    const ids = (await remote.speakers()).map(({ id }) => id)
    await remote.setSpeakers(chance(2) === 0 ? ids : [oneOf(ids, chance)])
  },
  async (remote, chance) => {
    const { id } = oneOf(await remote.speakers(), chance)
    await remote.setSpeakerVolume(id, chance(101))
  },
]

/** What only a host of ours can be asked. */
export const ownCommands: readonly Command<Remote>[] = [
  (remote) => remote.undo(),
  (remote) => remote.undo(),
  (remote, chance) => remote.setSleepTimer(chance(2) === 0 ? { afterMs: 600_000 } : undefined),
  (remote, chance) => remote.setReplayGain(oneOf(['off', 'track', 'album'] as const, chance)),
]

const path =
  (text: string): Command<RawClient> =>
  (client) =>
    client.command(text)

/** The same on the wire. */
export const rawCommands: readonly Command<RawClient>[] = [
  ...['playpause', 'discrete-pause', 'nextitem', 'previtem', 'beginff', 'playresume', 'mutetoggle'].map(path),
  ...['volumeup', 'volumedown', 'shuffle_songs', 'playqueue-edit?command=clear', 'play', 'play'].map(path),
  (client, chance) => client.command(`setproperty?dmcp.volume=${chance(101)}.000000`),
  (client, chance) => client.command(`setproperty?dmcp.volume=${chance(101)}&speaker-id=0`),
  (client, chance) => client.command(`setproperty?dmcp.volume=${chance(101)}&include-speaker-id=0`),
  (client, chance) =>
    client.command(`setproperty?dacp.shufflestate=${chance(2)}&dacp.repeatstate=${chance(3)}`),
  (client, chance) => client.command(`setproperty?dacp.playingtime=${chance(4000)}`),
  (client, chance, songIds) =>
    client.command(
      `setproperty?dacp.userrating=${chance(6) * 20}&song-spec='dmap.itemid:${oneOf(songIds, chance)}'`,
    ),
  (client, chance, songIds) =>
    client.command(
      `playqueue-edit?command=add&query='dmap.itemid:${oneOf(songIds, chance)}'&mode=${oneOf([0, 1, 2, 3, 5], chance)}`,
    ),
  (client) =>
    client.command(`playqueue-edit?command=add&query='dmap.itemid:1'&query-modifier=containers&mode=2`),
  (client, chance) =>
    client.command(
      `playqueue-edit?command=move&edit-params='edit-param.move-pair:${1 + chance(8)},${chance(8)}'`,
    ),
  (client, chance) => client.command(`playqueue-edit?command=remove&items=${1 + chance(8)}`),
  (client, chance) => client.command(`playqueue-edit?command=playnow&index=${chance(6)}`),
  (client) => client.command('playqueue-edit?command=playnow&index=1&mode=-1'),
  (client, chance, songIds) =>
    client.command(`cue?command=play&query='dmap.itemid:${oneOf(songIds, chance)}'&sort=album&index=0`),
  (client) => client.command('setspeakers?speaker-id=0'),
]
