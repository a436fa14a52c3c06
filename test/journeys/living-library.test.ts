// The library lives: what happens in the music folder reaches a remote that waits with /update.

import assert from 'node:assert/strict'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readOwnerToken } from '../../src/host/running-host.ts'
import { child, children, type DmapContainer, decode } from '../../src/protocol/index.ts'
import { mp3, writeMusic } from '../fakes/music-files.ts'
import { personAt, temporaryFolder } from './programs.ts'

const deadlineMs = 30_000

interface ListedSong {
  readonly id: number
  readonly persistentId: bigint
  readonly title: string
  readonly ratingPercent: number
}

/** A remote as the wire has it: logged in, lists, rates, and waits. */
async function remoteOf(url: string, token: string) {
  const login = await fetch(`${url}/login`, { headers: { authorization: `Bearer ${token}` } })
  const session = child(await tree(login, 'mlog'), 'mlid')
  const get = async (path: string, root: 'mupd' | 'adbs') =>
    tree(
      await fetch(`${url}${path}${path.includes('?') ? '&' : '?'}session-id=${session}`, {
        signal: AbortSignal.timeout(deadlineMs),
      }),
      root,
    )
  const update = async (known: number) =>
    child(await get(`/update?revision-number=${known}`, 'mupd'), 'musr') ?? 0
  async function songs(): Promise<ListedSong[]> {
    const meta = 'dmap.itemid,dmap.itemname,dmap.persistentid,daap.songuserrating'
    const list = await get(`/databases/1/items?meta=${meta}`, 'adbs')
    return children(child(list, 'mlcl') ?? [], 'mlit').map((item) => ({
      id: child(item, 'miid') ?? 0,
      persistentId: child(item, 'mper') ?? 0n,
      title: child(item, 'minm') ?? '',
      ratingPercent: child(item, 'asur') ?? 0,
    }))
  }
  return {
    songs,
    update,
    async rate(id: number, percent: number): Promise<void> {
      const answer = await fetch(
        `${url}/ctrl-int/1/setproperty?dacp.userrating=${percent}&database-spec='dmap.persistentid:0x1'&item-spec='dmap.itemid:0x${id.toString(16)}'&session-id=${session}`,
      )
      assert.equal(answer.status, 204)
    },
    /** Does something in the folder, and polls until the songs are as they should be; how long that took, and in how many answers. */
    async sees(change: () => void, isThere: (songs: readonly ListedSong[]) => boolean) {
      let revision = await update(1)
      const waiting = update(revision)
      const startedAt = performance.now()
      change()
      let answers = 1
      for (revision = await waiting; !isThere(await songs()); revision = await update(revision)) answers += 1
      return { ms: Math.round(performance.now() - startedAt), answers }
    },
  }
}

async function tree(answer: Response, root: 'mlog' | 'mupd' | 'adbs'): Promise<DmapContainer> {
  assert.equal(answer.status, 200)
  const inside = child(decode(new Uint8Array(await answer.arrayBuffer())), root)
  assert.ok(inside, `the answer is a ${root}`)
  return inside
}

async function hostOf(t: TestContext, music: string) {
  const person = personAt(t, undefined)
  const host = person.start('host', music, '--json', '--no-announce', '--port', '0', '--output', 'null')
  const { url } = JSON.parse(await host.line('"ready"', deadlineMs)) as { url: string }
  await host.line('"scanned"', deadlineMs)
  return { person, remote: await remoteOf(url, readOwnerToken(person.data) ?? '') }
}

test('files that come, change, move and go are told to who waits', { timeout: 180_000 }, async (t) => {
  const music = temporaryFolder(t)
  const song = (title: string, seed: number, album = 'Blue') =>
    mp3({ title, artist: 'A', album }, { seed, seconds: 0.5 })
  writeMusic(join(music, 'Blue/1.mp3'), song('First', 1))
  writeMusic(join(music, 'Green/1.mp3'), song('Green', 2, 'Green'))
  const { remote } = await hostOf(t, music)
  const titlesIn = (songs: readonly ListedSong[]) => songs.map(({ title }) => title)
  const tell = (what: string, { ms, answers }: { ms: number; answers: number }) =>
    t.diagnostic(`${what}: ${ms} ms, ${answers} answers to /update`)

  const added = await remote.sees(
    () => writeMusic(join(music, 'Blue/2.mp3'), song('Second', 3)),
    (songs) => titlesIn(songs).includes('Second'),
  )
  tell('1 file added', added)

  const many = await remote.sees(
    () => {
      for (let seed = 0; seed < 500; seed++)
        writeMusic(join(music, `Many/${seed % 25}/${seed}.mp3`), song(`Many ${seed}`, 1000 + seed, 'Many'))
    },
    (songs) => songs.length === 503,
  )
  tell('500 files added', many)
  assert.ok(many.answers <= 20, `500 files are ${many.answers} changes`)

  const second = (await remote.songs()).find(({ title }) => title === 'Second')
  assert.ok(second)
  const retagged = await remote.sees(
    () => writeMusic(join(music, 'Blue/2.mp3'), song('Two', 3)),
    (songs) => titlesIn(songs).includes('Two'),
  )
  tell('1 file retagged', retagged)

  await remote.rate(second.id, 80)
  let moved: ListedSong | undefined
  const renamed = await remote.sees(
    () => renameSync(join(music, 'Blue/2.mp3'), join(music, 'Green/moved.mp3')),
    // The folder it left may be looked at a moment before the one that it came to.
    (songs) => {
      moved = songs.find(({ title }) => title === 'Two')
      return moved !== undefined
    },
  )
  tell('1 file renamed', renamed)
  assert.deepEqual(moved, { ...second, title: 'Two', ratingPercent: 80 })

  const isOnlyGreen = (songs: readonly ListedSong[]) =>
    songs.length === 502 && !titlesIn(songs).includes('First')
  tell(
    '1 folder deleted',
    await remote.sees(() => rmSync(join(music, 'Blue'), { recursive: true }), isOnlyGreen),
  )

  const back = await remote.sees(
    () => renameSync(join(music, 'Green'), join(music, 'Elsewhere')),
    () => true,
  )
  tell('1 folder renamed', back)
  const afterAll = (await remote.songs()).find(({ title }) => title === 'Two')
  assert.deepEqual(afterAll, moved)
})

test('the owner has the music looked through, a part of it, and calls it off', {
  timeout: 180_000,
}, async (t) => {
  const music = temporaryFolder(t)
  writeMusic(join(music, 'Blue/1.mp3'), mp3({ title: 'First' }, { seconds: 0.5 }))
  const { person } = await hostOf(t, music)
  interface Progress {
    readonly state: string
    readonly last: { readonly tracks: number; readonly changed: number }
  }

  assert.deepEqual(await person.json('scan').then((scan) => (scan as Progress).last.tracks), 1)
  const full = await person.json<Progress>('scan', 'start', join(music, 'Blue'), '--full')
  assert.deepEqual([full.state, full.last.changed], ['idle', 1])
  assert.equal((await person.json<Progress>('scan', 'cancel')).state, 'idle')
  const refused = await person.run('scan', 'start', temporaryFolder(t))
  assert.deepEqual([refused.code, refused.stderr.includes('NOT_IN_LIBRARY')], [1, true])
})
