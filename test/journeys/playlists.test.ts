// Playlists edited by everybody: the SDK, the command line, and a client that speaks the bare protocol.
// And killed in the middle of it: every edit that was answered is there.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { systemClock } from '../../src/clock.ts'
import { KnownError } from '../../src/errors.ts'
import { child, children, type DmapContainer, decode } from '../../src/protocol/index.ts'
import { connectRemote, type Playlist, type Remote, type Song } from '../../src/remote/index.ts'
import { mp3, writeMusic } from '../fakes/music-files.ts'
import type { Running } from '../lab/process.ts'
import { type Person, personAt, temporaryFolder } from './programs.ts'

/** TONEARM_KILLS=50 for the whole proof. */
const kills = Number(process.env['TONEARM_KILLS'] ?? 10)
const titles = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon']

function songsIn(folder: string): void {
  for (const [seed, title] of titles.entries())
    writeMusic(
      join(folder, `${title}.mp3`),
      mp3({ title, artist: 'Ann', album: 'Letters', track: `${seed + 1}` }, { seed, seconds: 0.1 }),
    )
}

async function started(owner: Person, folder: string): Promise<Running> {
  const place = ['--no-announce', '--port', '0', '--listen', '127.0.0.1', '--output', 'null', '--json']
  const host = owner.start('host', folder, ...place)
  await host.line('"ready"', 60_000)
  return host
}

function addressOf(owner: Person): { url: string; ownerToken: string } {
  const { port } = JSON.parse(readFileSync(join(owner.data, 'running.json'), 'utf8')) as { port: number }
  const ownerToken = readFileSync(join(owner.data, 'owner-token'), 'utf8').trim()
  return { url: `http://127.0.0.1:${port}`, ownerToken }
}

async function sdkRemote(t: TestContext, owner: Person): Promise<Remote> {
  const { url, ownerToken } = addressOf(owner)
  const remote = await connectRemote({ address: url.slice('http://'.length), ownerToken })
  t.after(() => remote.close().catch(() => undefined)) // its host may have been killed
  return remote
}

/** A client that knows nothing but URLs and four letters. */
async function bareClient(owner: Person) {
  const { url, ownerToken } = addressOf(owner)
  async function get(path: string, headers: Record<string, string> = {}): Promise<DmapContainer> {
    const response = await fetch(url + path, { headers })
    const [root] = decode(new Uint8Array(await response.arrayBuffer()))
    return root?.[1] as DmapContainer
  }
  const login = await get('/login', { authorization: `Bearer ${ownerToken}` })
  const session = `session-id=${child(login, 'mlid')}`
  return {
    /** `path` after /databases/1. */
    async edit(path: string, action: string, editParams: string): Promise<DmapContainer> {
      const answer = await get(
        `/databases/1${path}/edit?action=${action}&edit-params=${editParams}&${session}`,
      )
      assert.equal(child(answer, 'mstt'), 200, child(answer, 'msts'))
      return answer
    },
    update: async (revision: number) =>
      child(await get(`/update?revision-number=${revision}&${session}`), 'musr') ?? 0,
    async lists(): Promise<(string | undefined)[]> {
      const answer = await get(`/databases/1/containers?meta=dmap.itemname&${session}`)
      return children(child(answer, 'mlcl') ?? [], 'mlit').map((row) => child(row, 'minm'))
    },
  }
}

async function playlistNamed(remote: Remote, name: string): Promise<Playlist> {
  const playlist = (await remote.playlists()).items.find((item) => item.name === name)
  assert.ok(playlist, name)
  return playlist
}

async function songsOf(remote: Remote, playlistId: number): Promise<readonly Song[]> {
  return (await remote.playlistSongs(playlistId)).items
}

const titlesOf = (songs: readonly { title: string }[]) => songs.map(({ title }) => title)

test('one playlist, edited by SDK, command line and bare protocol', { timeout: 240_000 }, async (t) => {
  const folder = temporaryFolder(t)
  songsIn(folder)
  const owner = personAt(t, undefined)
  const host = await started(owner, folder)
  await host.line('"scanned"', 60_000)
  const remote = await sdkRemote(t, owner)
  const bare = await bareClient(owner)

  const id = await remote.makePlaylist("Rock 'n' *roll* & more")
  const [alpha, beta] = (await remote.songs()).items
  assert.ok(alpha && beta)
  const waiting = bare.update(await bare.update(0))
  assert.deepEqual((await remote.addToPlaylist(id, [beta.id, alpha.id])).length, 2)
  assert.ok((await waiting) > 0, 'who waits for /update is told')
  assert.ok((await bare.lists()).includes("Rock 'n' *roll* & more"))

  const added = await bare.edit(`/containers/${id}`, 'add', "'daap.songalbum:Letters'")
  assert.equal(children(added, 'mlit').length, titles.length)
  await bare.edit(`/containers/${id}`, 'rename', "'dmap.itemname:Trip'")
  assert.equal((await playlistNamed(remote, 'Trip')).isEditable, true)

  const shown = await owner.json<Song[]>('playlists', 'show', 'trip')
  assert.deepEqual(titlesOf(shown), ['Beta', 'Alpha', ...titles])
  const removed = await owner.json<Song[]>('playlists', 'remove', 'trip', '1', '3', '4')
  assert.deepEqual(titlesOf(removed), ['Alpha', 'Gamma', 'Delta', 'Epsilon'])
  const moved = await owner.json<Song[]>('playlists', 'move', 'trip', '4', '0')
  assert.deepEqual(titlesOf(moved), ['Epsilon', 'Alpha', 'Gamma', 'Delta'])
  const more = await owner.json<Song[]>('playlists', 'add', 'trip', 'beta', '--song')
  assert.deepEqual(titlesOf(more), ['Epsilon', 'Alpha', 'Gamma', 'Delta', 'Beta'])
  assert.deepEqual(titlesOf(await songsOf(remote, id)), titlesOf(more))

  const file = join(owner.data, 'trip.m3u8')
  assert.equal((await owner.run('playlists', 'export', 'trip', file)).code, 0)
  const paths = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('/'))
  assert.deepEqual(
    paths,
    titlesOf(more).map((title) => join(folder, `${title}.mp3`)),
  )

  await owner.json('playlists', 'rename', 'trip', 'Journey')
  const rules = join(owner.data, 'a.toml')
  writeFileSync(
    rules,
    'name = "With an A"\nrules = [{ field = "title", op = "ends-with", value = "a" }]\norder = "title"\n',
  )
  const smart = await owner.json<Playlist>('playlists', 'make', '--rules', rules)
  assert.deepEqual([smart.isSmart, smart.songCount, smart.isEditable], [true, 4, false])
  const refused = await owner.run('playlists', 'add', 'with an a', 'beta', '--song')
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /its rules say what is in it/)
  const listed = await owner.json<Playlist[]>('playlists')
  assert.deepEqual(
    listed.map(({ name }) => name),
    ['Library', 'Music', 'Recently Added', 'Journey', 'With an A'],
  )

  await owner.json('playlists', 'delete', 'journey')
  assert.equal((await owner.run('playlists', 'show', 'journey')).code, 1)
  assert.equal((await bare.lists()).includes('Journey'), false)
  await host.stop()
})

// --- killed in the middle of edits

/** A playlist as it must be: names of songs by number; an entry whose id was never told has none. */
interface Expected {
  readonly name: string
  readonly entries: readonly { readonly entryId?: number; readonly songId: number }[]
}
type State = ReadonlyMap<number | 'new', Expected>

interface Edit {
  /** Asks for it; what the host told, such as ids. */
  ask(editors: Editors): Promise<readonly number[]>
  /** The state after it, with what was told; or without, when nobody heard the answer. */
  after(state: State, told: readonly number[] | undefined): State
}

interface Editors {
  readonly remote: Remote
  readonly bare: Awaited<ReturnType<typeof bareClient>>
}

test(`killed ${kills} times in the middle of edits: every answered edit is there`, {
  timeout: 60_000 + kills * 40_000,
}, async (t) => {
  const folder = temporaryFolder(t)
  songsIn(folder)
  const owner = personAt(t, undefined)
  const chance = numbersFrom(20_081_010)
  let state: State = new Map()
  let answered = 0
  let pending: State[] = []

  for (let round = 0; round <= kills; round += 1) {
    const host = await started(owner, folder)
    if (round === 0) await host.line('"scanned"', 60_000)
    const editors: Editors = { remote: await sdkRemote(t, owner), bare: await bareClient(owner) }
    const songIds = (await editors.remote.songs()).items.map(({ id }) => id)
    assert.equal(songIds.length, titles.length)
    state = await assertOneOf(editors.remote, [state, ...pending])
    pending = []
    if (round === kills) {
      await host.stop()
      break
    }

    // After so many edits and a moment, so that a slow machine has some answered too.
    const [edits, momentMs] = [1 + Math.floor(chance() * 9), chance() * 40]
    let killing: Promise<unknown> | undefined
    for (let done = 0, isAlive = true; isAlive; done += 1) {
      if (done === edits)
        killing = systemClock.until(systemClock.nowMs() + momentMs).then(() => host.stop('SIGKILL'))
      const edit = editOf(state, songIds, chance)
      try {
        const told = await edit.ask(editors)
        state = edit.after(state, told)
        answered += 1
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error
        if (error instanceof KnownError) assert.equal(error.code, 'HOST_GONE')
        assert.ok(killing, `the host was not killed yet: ${String(error)}`)
        pending = [edit.after(state, undefined)] // perhaps it was written before the end came
        isAlive = false
      }
    }
    await killing
  }

  t.diagnostic(`${answered} edits were answered, ${kills} hosts killed`)
  assert.ok(answered > kills, 'edits were under way when the host was killed')
})

/** The state that is there, with the ids that were not told; fails when it is none of these. */
async function assertOneOf(remote: Remote, states: readonly State[]): Promise<State> {
  const actual = new Map<number, Expected>()
  for (const { id, name, isEditable } of (await remote.playlists()).items) {
    if (!isEditable) continue
    const entries = (await songsOf(remote, id)).map((song) => ({
      entryId: song.playlistEntryId ?? 0,
      songId: song.id,
    }))
    actual.set(id, { name, entries })
  }
  const isThere = states.some((state) => isSame(actual, state))
  assert.ok(
    isThere,
    `found ${JSON.stringify([...actual])}\nexpected ${states.map((state) => JSON.stringify([...state])).join('\nor ')}`,
  )
  return actual
}

function isSame(actual: ReadonlyMap<number, Expected>, state: State): boolean {
  if (actual.size !== state.size) return false
  return [...state].every(([id, { name, entries }]) => {
    const found = id === 'new' ? [...actual].find(([known]) => !state.has(known))?.[1] : actual.get(id)
    if (found?.name !== name || found.entries.length !== entries.length) return false
    return entries.every(({ entryId, songId }, at) => {
      const entry = found.entries[at]
      return entry?.songId === songId && (entryId === undefined || entry.entryId === entryId)
    })
  })
}

/** Some edit that makes sense now, by SDK or by bare protocol. */
function editOf(state: State, songIds: readonly number[], chance: () => number): Edit {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(chance() * items.length)] as Item
  const [id, list] = state.size === 0 ? [] : pick([...state])
  const kind = chance()
  if (typeof id !== 'number' || list === undefined || (kind < 0.1 && state.size < 6))
    return making(`List ${chance()}`)
  if (kind < 0.15 && state.size > 3) return deleting(id)
  if (kind < 0.25) return renaming(id, list, `Name ${chance()}`)
  if (list.entries.length < 3 || kind < 0.6) return adding(id, list, [pick(songIds), pick(songIds)])
  const [one, other] = [pick(list.entries), pick([...list.entries, { entryId: 0 }])]
  return kind < 0.8
    ? removing(id, list, one.entryId ?? 0)
    : moving(id, list, one.entryId ?? 0, other.entryId ?? 0)
}

const withList = (state: State, id: number | 'new', list: Expected): State => new Map([...state, [id, list]])

const making = (name: string): Edit => ({
  ask: async ({ remote }) => [await remote.makePlaylist(name)],
  after: (state, told) => withList(state, told?.[0] ?? 'new', { name, entries: [] }),
})

const deleting = (id: number): Edit => ({
  async ask({ bare }) {
    await bare.edit('', 'remove', `'dmap.itemid:${id}'`)
    return []
  },
  after: (state) => new Map([...state].filter(([other]) => other !== id)),
})

const renaming = (id: number, list: Expected, name: string): Edit => ({
  async ask({ bare }) {
    await bare.edit(`/containers/${id}`, 'rename', `'dmap.itemname:${name}'`)
    return []
  },
  after: (state) => withList(state, id, { ...list, name }),
})

const adding = (id: number, list: Expected, songIds: readonly number[]): Edit => ({
  ask: ({ remote }) => remote.addToPlaylist(id, songIds),
  after(state, told) {
    const added = songIds.map((songId, at) => {
      const entryId = told?.[at]
      return entryId === undefined ? { songId } : { entryId, songId }
    })
    return withList(state, id, { ...list, entries: [...list.entries, ...added] })
  },
})

const removing = (id: number, list: Expected, entryId: number): Edit => ({
  async ask({ remote }) {
    await remote.removeFromPlaylist(id, [entryId])
    return []
  },
  after: (state) =>
    withList(state, id, { ...list, entries: list.entries.filter((entry) => entry.entryId !== entryId) }),
})

const moving = (id: number, list: Expected, entryId: number, behind: number): Edit => ({
  async ask({ bare }) {
    await bare.edit(`/containers/${id}`, 'move', `'edit-param.move-pair:${entryId},${behind}'`)
    return []
  },
  after(state) {
    if (entryId === behind) return state
    const rest = list.entries.filter((entry) => entry.entryId !== entryId)
    const at = behind === 0 ? 0 : rest.findIndex((entry) => entry.entryId === behind) + 1
    const moved = list.entries.filter((entry) => entry.entryId === entryId)
    return withList(state, id, { ...list, entries: rest.toSpliced(at, 0, ...moved) })
  },
})

/** The same moments in every run of the test, different ones in each round. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
