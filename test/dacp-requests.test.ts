// Every request line of docs/protocol/dacp-control.md, sent to the letter to a host that plays: what it answers, and what
// is another way afterwards. Before each line the host plays the same: see `playing`.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import sharp from 'sharp'
import type { QueueEntry } from '../src/player/index.ts'
import { startHost } from './fakes/host.ts'
import { mp3, type Tags } from './fakes/music-files.ts'
import { musicFolder } from './fakes/music-folder.ts'
import { adding } from './requests/dacp/adding.ts'
import { buttons } from './requests/dacp/buttons.ts'
import { properties } from './requests/dacp/properties.ts'
import { queue } from './requests/dacp/queue.ts'
import type { DacpRow, DacpSection } from './requests/dacp/section.ts'
import { speakers } from './requests/dacp/speakers.ts'
import { starting } from './requests/dacp/starting.ts'
import { decoded } from './requests/decoded.ts'
import { exchange } from './requests/exchange.ts'

const goldberg = { artist: 'Bach', album: 'Goldberg', composer: 'Bach', genre: 'Baroque', year: '1741' }
const seasons = { artist: 'Vivaldi', album: 'Seasons', composer: 'Vivaldi', genre: 'Baroque', year: '1725' }
const songs: readonly Tags[] = [
  { title: 'Aria', track: '1', ...goldberg },
  { title: 'Variatio 1', track: '2', ...goldberg },
  { title: 'Variatio 2', track: '3', ...goldberg },
  { title: 'Spring', track: '1', ...seasons },
  { title: 'Winter', track: '2', ...seasons },
  { title: 'Johnny', artist: 'Chuck', album: 'Berry', genre: "Rock 'n' Roll" },
  { title: 'River', artist: 'Joni', album: 'Blue', genre: 'Folk' },
]
const seconds = 8

async function hostWithMusic(t: TestContext) {
  const music = musicFolder(t)
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .jpeg()
    .toBuffer()
  for (const [seed, tags] of songs.entries())
    music.add(`${seed}.mp3`, mp3(seed === 0 ? { ...tags, picture } : tags, { seed, seconds }))
  const library = await music.open()
  await library.scan()
  const playlist = library.playlists.make('Mix')
  const idOf = (title: string) =>
    library.view
      .songs({})
      .slice(0, songs.length)
      .find((song) => song.title === title)?.id ?? assert.fail(title)
  const entries = library.playlists.add(playlist, ['Winter', 'Aria', 'Winter'].map(idOf))
  const host = await startHost(t, {
    library,
    chance: (below) => below - 1,
    activeRemotes: () => [{ number: '1986535575', outputId: 'kitchen' }],
  })
  const hex = (id: number | bigint | undefined) => (id ?? 0).toString(16)
  const song = (title: string) => library.view.song(idOf(title))
  return {
    ...host,
    idOf,
    ids: {
      S: String(await host.login('phone')),
      D: `0x${host.directory.identity().databaseIdHex}`,
      P: `0x${hex(library.view.playlist(playlist)?.persistentId)}`,
      playlist: String(playlist),
      playlistHex: `0x${hex(playlist)}`,
      entry2: `0x${hex(entries[1])}`,
      seasons: String(song('Spring')?.albumId),
      vivaldi: String(song('Spring')?.artistId),
      aria: hex(idOf('Aria')),
      winter: hex(idOf('Winter')),
      river: hex(idOf('River')),
      ariaId: String(idOf('Aria')),
      v2Id: String(idOf('Variatio 2')),
      v1Id: String(idOf('Variatio 1')),
      springId: String(idOf('Spring')),
      winterId: String(idOf('Winter')),
      riverId: String(idOf('River')),
      johnnyId: String(idOf('Johnny')),
    } as Record<string, string>,
  }
}
type Host = Awaited<ReturnType<typeof hostWithMusic>>

/** Aria since 5 s, Winter up next by hand, then the rest of the album; Spring was before. The kitchen plays along. */
async function playing({ player, library, idOf }: Host): Promise<void> {
  const by = 'test'
  await player.clear('all', by)
  await player.clear('history', by)
  await player.setShuffle(false, by)
  await player.setRepeat('off', by)
  await player.setOutputs(['system', 'kitchen'], by)
  await player.setVolume(40, by)
  await player.setOutputVolume('system', 100, by)
  await player.setOutputVolume('kitchen', 50, by)
  for (const title of ['Aria', 'Winter']) {
    library.setRating(idOf(title), 0)
    library.setLiked(idOf(title), 0)
  }
  await player.playNow([{ songId: idOf('Spring') }], {}, by)
  const album = ['Aria', 'Variatio 1', 'Variatio 2'].map((title) => ({ songId: idOf(title) }))
  await player.playNow(album, { contextName: 'Goldberg' }, by)
  await player.add([{ songId: idOf('Winter') }], 'end', by)
  await player.seek(5000, by)
}

/** What a person would see, each thing as a word or two. */
function picture({ player, library, idOf }: Host): Record<string, string> {
  const { state } = player
  const title = (entry: QueueEntry | undefined) => library.view.song(entry?.songId ?? 0)?.title ?? 'nothing'
  const titles = (entries: readonly QueueEntry[]) =>
    entries.map((entry) => title(entry) + (entry.origin === 'user' ? '*' : '')).join(' · ') || 'nothing'
  const opinion = (name: string) => {
    const song = library.view.song(idOf(name))
    return `${song?.ratingPercent} ${['', '', 'liked', 'disliked'][song?.likedState ?? 0]}`.trim()
  }
  return {
    state: state.winding ? `winding ${state.winding}` : state.state,
    song: title(state.nowPlaying),
    at: String(player.positionMs()),
    next: titles(state.upNext),
    from: state.contextName ?? 'anywhere',
    history: titles(state.history),
    volume: `${state.volumePercent}${state.isMuted ? ' muted' : ''}`,
    shuffle: state.isShuffled ? 'on' : 'off',
    repeat: state.repeat,
    speakers: state.outputs
      .map(({ name, isOn, relativeVolumePercent }) => `${name} ${isOn ? relativeVolumePercent : 'off'}`)
      .join(', '),
    Aria: opinion('Aria'),
    Winter: opinion('Winter'),
  }
}

/** "volume: 55, repeat: all"; nothing changed: "". */
function changesBetween(before: Record<string, string>, after: Record<string, string>): string {
  return Object.entries(after)
    .filter(([name, value]) => before[name] !== value)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ')
}

/** "… from: Mix" is met by whatever has this among its parts. */
function meets(changes: string, wanted: string): boolean {
  if (!wanted.startsWith('… ')) return changes === wanted
  return changes.split('; ').includes(wanted.slice(2))
}

/** Sends the rows, the host playing as before each of them; what was seen, written as the rows are. */
async function seenFor(host: Host, { rows, headers = {}, method = 'GET' }: DacpSection): Promise<DacpRow[]> {
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => host.ids[name] ?? whole)
  const seen: DacpRow[] = []
  for (const [request, answer, changes] of rows) {
    await playing(host)
    host.ids['stale'] = String(host.player.state.revision - 1)
    const before = picture(host)
    const path = request.startsWith('/') ? request : `/ctrl-int/1/${request}`
    const session = 'active-remote' in headers ? '' : `session-id=${host.ids['S']}`
    const target = `${filled(path)}${request.includes('?') ? '&' : '?'}${session}`
    const line = decoded(await exchange(host.host.port, { method, target, headers }))
    const changed = changesBetween(before, picture(host))
    seen.push([request, line === filled(answer) ? answer : line, meets(changed, changes) ? changes : changed])
  }
  return seen
}

test('every request of the page is answered as it says, and does what it says', async (t) => {
  const host = await hostWithMusic(t)
  for (const section of [...buttons, ...properties, ...starting, ...adding, ...queue, ...speakers])
    await t.test(section.section, async () => {
      const seen = await seenFor(host, section)

      assert.deepEqual(seen, section.rows)
    })
})
