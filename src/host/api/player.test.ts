// What plays, the queue and the outputs by the API, as several remotes use it at once.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { WebSocket } from 'ws'
import { startHost } from '../../../test/fakes/host.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import type { ApiAnswer, ApiError, ApiStateMessage } from '../../protocol/index.ts'

const songs = [
  { title: 'Aria', artist: 'Bach', durationMs: 60_000 },
  { title: 'Winter', artist: 'Vivaldi', durationMs: 63_000 },
  { title: 'Spring', artist: 'Vivaldi', durationMs: 64_000 },
  { title: 'Summer', artist: 'Vivaldi', durationMs: 65_000 },
]

type State = ApiAnswer<'playback'>

/** A host that plays the first of four songs, and what a paired remote does there. */
async function playingHost(t: TestContext) {
  const host = await startHost(t, { songs })
  const songIds = Array.from(host.library.view.songs({}).ids())
  const session = await host.login('phone')
  const call = (method: string, path: string, body?: unknown) =>
    host.api(method, `${path}${path.includes('?') ? '&' : '?'}session-id=${session}`, body)
  const done = async <Answer = State>(method: string, path: string, body?: unknown) => {
    const response = await call(method, path, body)
    assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`)
    return (await response.json()) as Answer
  }
  const refused = async (method: string, path: string, body?: unknown) => {
    const response = await call(method, path, body)
    return [response.status, ((await response.json()) as ApiError).code]
  }
  const queue = (query = '') => done<ApiAnswer<'queue'>>('GET', `/api/queue${query}`)
  const titles = async () => (await queue()).entries.map(({ song }) => song.title)
  await done('POST', '/api/queue', { songIds })
  return { ...host, session, songIds, call, done, refused, queue, titles }
}

test('a whole queue comes with its song, position and name, and waits', async (t) => {
  const { done, queue, songIds, player } = await playingHost(t)

  const { playback } = await done('POST', '/api/queue', {
    songIds: songIds.toReversed(),
    startIndex: 1,
    positionMs: 12_000,
    isPaused: true,
    contextName: 'Backwards',
  })

  assert.deepEqual(
    [playback.state, playback.positionMs, playback.track?.id, playback.contextName],
    ['paused', 12_000, songIds[2], 'Backwards'],
  )
  const { current, entries, total, contextName } = await queue()
  assert.deepEqual([current?.offset, current?.section, current?.song.id], [0, 'current', songIds[2]])
  assert.deepEqual(
    entries.map(({ offset, section, song }) => [offset, section, song.id]),
    [
      [1, 'main', songIds[1]],
      [2, 'main', songIds[0]],
    ],
  )
  assert.deepEqual([total, contextName, player.state.cause], [2, 'Backwards', 'phone: set queue'])
})

test('two remotes that edit at once never move the wrong song', async (t) => {
  const { done, queue, titles, refused } = await playingHost(t)
  const [winter, spring, summer] = (await queue()).entries
  assert.ok(winter && spring && summer)

  await done('POST', '/api/queue/remove', { entryIds: [winter.entryId] }) // one remote
  await done('POST', '/api/queue/move', { entryId: summer.entryId }) // the other, which saw four songs
  const gone = await refused('POST', '/api/queue/move', { entryId: winter.entryId })
  const none = await refused('POST', '/api/queue/remove', { entryIds: [spring.entryId, winter.entryId] })

  assert.deepEqual(
    [gone, none],
    [
      [404, 'NOT_FOUND'],
      [404, 'NOT_FOUND'],
    ],
  )
  assert.deepEqual(await titles(), ['Summer', 'Spring'])
  const { playback } = await done('POST', '/api/queue/play', { entryId: spring.entryId })
  assert.equal(playback.track?.title, 'Spring')
})

test('the last edit is told in words and taken back', async (t) => {
  const { done, queue, titles, refused } = await playingHost(t)
  const before = await titles()
  const { entries } = await queue()

  const edited = await done('POST', '/api/queue/remove', {
    entryIds: entries.slice(0, 2).map(({ entryId }) => entryId),
  })
  const undone = await done('POST', '/api/queue/undo')

  assert.match(edited.playback.undoable ?? '', /remove/)
  assert.notEqual(undone.playback.undoable, edited.playback.undoable)
  assert.deepEqual(await titles(), before)
  while ((await done('GET', '/api/playback')).playback.undoable !== null)
    await done('POST', '/api/queue/undo')
  assert.deepEqual(await refused('POST', '/api/queue/undo'), [409, 'NOTHING_TO_UNDO'])
})

test('songs are added in the order given, next or at the end', async (t) => {
  const { done, titles, songIds } = await playingHost(t)
  const [aria, , spring] = songIds

  await done('POST', '/api/queue/add', { songIds: [spring, aria], place: 'next' })
  await done('POST', '/api/queue/add', { songIds: [aria], place: 'end' })

  assert.deepEqual(await titles(), ['Spring', 'Aria', 'Aria', 'Winter', 'Spring', 'Summer'])
})

test('100,000 entries are set at once and listed anywhere', async (t) => {
  const { done, queue, songIds } = await playingHost(t)
  const many = Array.from({ length: 100_000 }, (_, index) => songIds[index % songIds.length])

  await done('POST', '/api/queue', { songIds: many })
  const page = await queue('?offset=99990&limit=1000')

  assert.deepEqual([page.total, page.entries.length], [99_999, 9])
  assert.deepEqual([page.entries[0]?.offset, page.entries[8]?.song.id], [99_991, songIds[3]])
})

test('the history is listed from the newest on', async (t) => {
  const { done, queue, player } = await playingHost(t)
  await player.next('test')
  await player.next('test')

  const { entries, total } = await queue('?part=history')

  assert.equal(total, 2)
  assert.deepEqual(
    entries.map(({ offset, section, song }) => [offset, section, song.title]),
    [
      [-1, 'history', 'Winter'],
      [-2, 'history', 'Aria'],
    ],
  )
  const [, aria] = entries
  assert.equal(
    (await done('POST', '/api/queue/play', { entryId: aria?.entryId })).playback.track?.title,
    'Aria',
  )
})

test('every answer carries both revisions, those of lists change only with the lists', async (t) => {
  const { call, done, player } = await playingHost(t)
  const before = await done('GET', '/api/playback')

  const response = await call('POST', '/api/playback/replay-gain', { mode: 'album' })
  const after = (await response.json()) as State

  assert.equal(after.playRevision, player.state.revision)
  assert.equal(response.headers.get('tonearm-play-revision'), String(after.playRevision))
  assert.ok(after.playRevision > before.playRevision)
  assert.equal(after.playback.replayGain, 'album')
  assert.equal(after.playback.queueRevision, before.playback.queueRevision)
  assert.equal(after.playback.outputsRevision, before.playback.outputsRevision)
  const shuffled = await done('POST', '/api/queue/undo')
  assert.ok(shuffled.playback.queueRevision > before.playback.queueRevision)
})

test('the sleep timer is set, told and cleared', async (t) => {
  const { done, player } = await playingHost(t)

  const timed = await done('POST', '/api/playback/sleep', { afterMs: 1_800_000 })
  const timedCause = player.state.cause
  const ending = await done('POST', '/api/playback/sleep', {})
  const cleared = await done('DELETE', '/api/playback/sleep')

  assert.ok(typeof timed.playback.sleep === 'object' && (timed.playback.sleep?.remainingMs ?? 0) > 0)
  assert.equal(timedCause, 'phone: sleep in 30 minutes')
  assert.equal(ending.playback.sleep, 'endOfSong')
  assert.equal(cleared.playback.sleep, null)
})

test('outputs say how loud they are, whether they are well, and how often they tore', async (t) => {
  const { done } = await playingHost(t)

  const { outputs, volumePercent } = await done<ApiAnswer<'outputs'>>('GET', '/api/outputs')

  assert.equal(volumePercent, 40)
  assert.deepEqual(outputs[1], {
    id: 'kitchen',
    speakerId: '0000078CA3946072A'.slice(-16),
    name: 'Kitchen',
    isOn: false,
    volumePercent: 20,
    relativeVolumePercent: 50,
    trouble: null,
    underruns: 0,
  })
})

test('one output is muted and comes back as loud as before, and the others hear nothing of it', async (t) => {
  const { done } = await playingHost(t)
  const loudness = async () =>
    (await done<ApiAnswer<'outputs'>>('GET', '/api/outputs')).outputs.map((output) => output.volumePercent)
  const before = await loudness()

  await done('POST', '/api/outputs/mute', { outputId: 'kitchen' })
  const muted = await loudness()
  await done('POST', '/api/outputs/mute', { outputId: 'kitchen' })

  assert.deepEqual(
    [before, muted, await loudness()],
    [
      [40, 20],
      [40, 0],
      [40, 20],
    ],
  )
})

const bad: [what: string, path: string, body: unknown, status: number, code: string][] = [
  ['a song that is not there', '/api/queue', { songIds: [4_000_000] }, 404, 'NOT_FOUND'],
  ['a start behind the end', '/api/queue', { songIds: [11], startIndex: 1 }, 404, 'NOT_FOUND'],
  ['no songs', '/api/queue', { songIds: [] }, 400, 'BAD_REQUEST'],
  ['ids that are none', '/api/queue', { songIds: ['11'] }, 400, 'BAD_REQUEST'],
  ['an output that is not there', '/api/outputs/mute', { outputId: 'cellar' }, 404, 'NOT_FOUND'],
  ['an entry below 1', '/api/queue/play', { entryId: 0 }, 400, 'BAD_REQUEST'],
  ['an entry that never was', '/api/queue/play', { entryId: 9_999_999 }, 404, 'NOT_FOUND'],
  ['a move behind what is not there', '/api/queue/move', { entryId: 2, behindEntryId: 99 }, 404, 'NOT_FOUND'],
  ['an unknown place', '/api/queue/add', { songIds: [11], place: 'first' }, 400, 'BAD_REQUEST'],
  ['a timer of no time', '/api/playback/sleep', { afterMs: 1 }, 400, 'BAD_REQUEST'],
  ['a timer of two days', '/api/playback/sleep', { afterMs: 172_800_000 }, 400, 'BAD_REQUEST'],
  ['an unknown mode', '/api/playback/replay-gain', { mode: 'loud' }, 400, 'BAD_REQUEST'],
]
test('what makes no sense is refused with words and changes nothing', async (t) => {
  const { refused, player } = await playingHost(t)
  const { revision } = player.state

  for (const [what, path, body, status, code] of bad)
    assert.deepEqual(await refused('POST', path, body), [status, code], what)

  assert.equal(player.state.revision, revision)
})

test('a body longer than any queue, and an ordinary one that is too long, are refused', async (t) => {
  const { call } = await playingHost(t)

  assert.equal((await call('POST', '/api/queue', { contextName: 'x'.repeat(1_700_000) })).status, 413)
  assert.equal((await call('POST', '/api/playback/sleep', { x: 'x'.repeat(70_000) })).status, 413)
})

test('every one of many changes at once is told with who made it', async (t) => {
  const { host, session, player } = await playingHost(t)
  const causes: string[] = []
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/watch?session-id=${session}`)
  t.after(() => socket.terminate())
  socket.on('message', (data) => causes.push((JSON.parse(String(data)) as ApiStateMessage).cause))
  await eventually('connected', () => causes.includes('connected'))

  const made = Array.from({ length: 60 }, (_, index) => `remote ${index}: shuffle`)
  await Promise.all(made.map((cause, index) => player.setShuffle(index % 2 === 0, cause)))

  await eventually('the last one', () => causes.includes('remote 59: shuffle'))
  assert.deepEqual(causes.slice(1), made)
})
