// Those who listen from elsewhere, over real sockets, to a host that really plays.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { fakeClock } from '../../../test/fakes/clock.ts'
import { type PlayingHost, startPlayingHost } from '../../../test/fakes/playing-host.ts'
import { noise, type Sound } from '../../../test/fakes/sound-files.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import { needs } from '../../../test/lab/peers.ts'
import { openSqlite } from '../../library/index.ts'
import { icyIntervalBytes, titleBlock } from './icy.ts'
import { openStreamKeys } from './stream-keys.ts'

const songSeconds = 20
/** What startPlayingHost puts into its first song. */
const song = noise(44_100 * songSeconds, 0)
const wavHeaderBytes = 44

test('what plays is heard elsewhere, every sample, from where the room is', async (t) => {
  const { host, url } = await listeningHost(t)
  await play(host)
  const early = await listen(t, `${url}.wav`)
  const late = await listen(t, `${url}.wav`)

  for (const listener of [early, late]) {
    const heard = await listener.sound(22_050)
    assert.ok(placeOf(heard) !== undefined, 'a piece of the song, whole')
  }
})

test('sound comes ahead of the room, so that a player can begin at once', async (t) => {
  const { host, url } = await listeningHost(t)
  await play(host)

  const listener = await listen(t, `${url}.wav`)
  const heard = await listener.sound(22_050)
  const roomMs = host.player.positionMs()
  const place = placeOf(heard)

  assert.ok(place !== undefined)
  const heardMs = ((place + heard.length / 2) / 44_100) * 1000
  assert.ok(heardMs > roomMs, `heard to ${heardMs}, the room is at ${roomMs}`)
})

test('while nothing plays there is silence, and then the song from its beginning', async (t) => {
  const { host, url } = await listeningHost(t)

  const listener = await listen(t, `${url}.flac`)
  await listener.bytes(100)
  await play(host)

  if (!needs(t, 'ffmpeg')) return
  const heard = await listener.decoded(t)
  assert.equal(placeOf(heard, 441), 0)
})

test('ffmpeg plays every form of it', async (t) => {
  if (!needs(t, 'ffmpeg')) return
  const { host, url } = await listeningHost(t)
  await play(host)
  const hear = async (form: string) => {
    const asIs = ['-t', '1', '-ar', '44100', '-ac', '2', '-f', 's16le', '-']
    const args = ['-v', 'error', '-i', `${url}.${form}`, ...asIs]
    const { stdout } = await promisify(execFile)('ffmpeg', args, { encoding: 'buffer', maxBuffer: 2 ** 24 })
    return samplesIn(stdout)
  }

  for (const form of ['wav', 'flac']) assert.ok(holdsPieces(await hear(form)), form)
  for (const form of ['mp3', 'opus']) assert.ok(loudness(await hear(form)) > loudness(song) / 2, form)
})

test('a player that asks for titles gets them between the sound, which stays whole', async (t) => {
  const { host, url } = await listeningHost(t)
  await play(host)

  const listener = await listen(t, `${url}.wav`, { 'icy-metadata': '1' })
  const bytes = await listener.bytes(wavHeaderBytes + 8 * icyIntervalBytes)
  const { sound, titles } = withoutTitles(bytes)

  assert.equal(listener.response.headers.get('icy-metaint'), String(icyIntervalBytes))
  assert.deepEqual(titles, ["StreamTitle='song 1';"])
  assert.ok(placeOf(soundIn(sound)) !== undefined)
})

test('a title of any length and any characters is one block that a player can read', () => {
  for (const title of [
    '',
    "Rock'n'Roll';StreamUrl='http://evil",
    '\u0000\u001b[2J',
    '🎻'.repeat(2000),
    'ä'.repeat(4000),
  ]) {
    const block = titleBlock(title)
    const text = Buffer.from(block.subarray(1)).toString().replace(/\0+$/, '')

    assert.equal(block.length, 1 + (block[0] ?? 0) * 16)
    assert.match(text, /^StreamTitle='[^]*';$/)
    assert.ok(!text.slice(0, -2).includes("';"))
    assert.doesNotMatch(text, /[\p{C}\uFFFD]/u)
  }
})

test('each listener is a speaker of its own while it is there, and off means silence', async (t) => {
  const { host, url, id, owner } = await listeningHost(t)
  await play(host)
  const one = await listen(t, `${url}.mp3`)
  const two = await listen(t, `${url}.mp3`)
  const speakers = await owner.speakers()
  const guests = speakers.filter(({ outputId }) => outputId?.startsWith(`stream:${id}.`))

  assert.deepEqual(
    guests.map(({ name, isOn }) => [name, isOn]),
    [
      ['Tablet', true],
      ['Tablet 2', true],
    ],
  )
  await owner.setSpeakerVolume(guests[0]?.id ?? '', 20)
  const [first, second] = (await owner.speakers()).slice(-2)
  assert.deepEqual([first?.volumePercent, second?.volumePercent], [20, 100])
  assert.equal((await owner.streams())[0]?.listeners.length, 2)

  await owner.setSpeakers([speakers[0]?.id ?? '', guests[1]?.id ?? ''])
  await one.ended
  two.leave()
  await eventually('nobody listens', async () => (await owner.streams())[0]?.listeners.length === 0)
})

test('a stream ends at once when it is taken back, and when its remote is revoked', async (t) => {
  const { host, url, id, owner, remote, guid } = await listeningHost(t)
  const own = await listen(t, `${url}.opus`)
  const { key } = await remote.makeStream({ name: 'Radio' })
  const other = await listen(t, `http://${host.address}/stream/${key}.mp3`)

  await owner.removeStream(id)
  await own.ended
  await owner.removePairing(guid)
  await other.ended

  assert.equal((await fetch(`${url}.opus`)).status, 404)
  assert.equal((await fetch(`http://${host.address}/stream/${key}.mp3`)).status, 404)
  assert.deepEqual(await owner.streams(), [])
})

test('one sees and takes back only what is one’s own', async (t) => {
  const { id, remote, owner } = await listeningHost(t)
  const { id: ownId } = await remote.makeStream({ name: 'Radio' })

  assert.deepEqual(
    (await remote.streams()).map((stream) => stream.id),
    [ownId],
  )
  assert.equal((await owner.streams()).length, 2)
  await assert.rejects(remote.removeStream(id), { code: 'NO_SUCH_STREAM' })
})

test('the key opens listening and nothing else; a form that is none, or a guess, opens nothing', async (t) => {
  const { host, url } = await listeningHost(t)
  const base = `http://${host.address}`
  const key = url.slice(url.lastIndexOf('/') + 1)
  const status = async (path: string, init?: RequestInit) => (await fetch(base + path, init)).status

  assert.equal(await status(`/stream/${key}.aac`), 404)
  assert.equal(await status(`/stream/${key}`), 404)
  assert.equal(await status(`/stream/../${key}.mp3`), 400)
  assert.equal(await status(`/stream/${key}.mp3`, { method: 'POST' }), 400)
  assert.equal(await status(`/stream/${key}.mp3`, { method: 'HEAD' }), 200)
  assert.equal(await status('/api/playback', { headers: { authorization: `Bearer ${key}` } }), 403)
  const guesses = await Promise.all(Array.from({ length: 25 }, () => status('/stream/guess.mp3')))
  assert.ok(guesses.every((code) => code === 404 || code === 429))
  assert.ok(guesses.includes(429))
})

test('a stream that nobody used for thirty days is gone; a maker has twenty', async () => {
  const clock = fakeClock()
  const keys = openStreamKeys(openSqlite(':memory:'), clock)
  const days = (count: number) => clock.advance(count * 24 * 3600 * 1000)
  const old = keys.make({ name: 'old', maker: undefined })
  const used = keys.make({ name: 'used', maker: undefined })

  await days(20)
  keys.markUsed(used.id)
  await days(20)
  assert.equal(keys.find(old.key), undefined)
  assert.equal(keys.find(used.key)?.name, 'used')
  for (let count = 0; count < 20; count += 1) keys.make({ name: 'many', maker: 5n })
  const last = keys.make({ name: 'last', maker: 5n })
  assert.equal(keys.list().filter(({ maker }) => maker === 5n).length, 20)
  assert.ok(keys.find(last.key) && keys.find(used.key))
})

// --- those who listen

/** A host at full volume with a stream called "Tablet"; its owner, and a remote. */
async function listeningHost(t: TestContext) {
  const host = await startPlayingHost(t, { songSeconds: [songSeconds] })
  const { connectRemote } = await import('../../remote/node.ts')
  await host.player.setVolume(100, 'test')
  const guid = await host.pair('phone')
  const owner = await connectRemote({ address: host.address, ownerToken: host.ownerToken })
  const remote = await connectRemote({ address: host.address, guid })
  const { id, key } = await owner.makeStream({ name: 'Tablet' })
  return { host, owner, remote, guid, id, url: `http://${host.address}/stream/${key}` }
}

async function play({ player, library }: PlayingHost): Promise<void> {
  const [first] = library.view.songs({}).slice(0, 1)
  await player.playNow([{ songId: first?.id ?? 0 }], {}, 'test')
}

async function listen(t: TestContext, url: string, headers: Record<string, string> = {}) {
  const leaving = new AbortController()
  t.after(() => leaving.abort())
  const response = await fetch(url, { headers, signal: leaving.signal })
  assert.equal(response.status, 200)
  const reader = response.body?.getReader()
  let kept = Buffer.alloc(0)
  const more = async () => {
    const { value, done } = (await reader?.read()) ?? { done: true }
    if (value) kept = Buffer.concat([kept, value])
    return !done
  }
  const bytes = async (length: number) => {
    while (kept.length < length) assert.ok(await more(), 'it ended')
    return kept
  }
  return {
    response,
    bytes,
    /** Of a WAV: so many frames from the first that is not silent. */
    async sound(frames: number): Promise<Sound> {
      for (;;) {
        const loud = soundIn(kept).findIndex((sample) => sample !== 0)
        const heard = loud === -1 ? new Int16Array(0) : soundIn(kept).subarray(loud - (loud % 2))
        if (heard.length >= frames * 2) return heard.subarray(0, frames * 2)
        assert.ok(await more(), 'it ended')
      }
    },
    /** Two seconds of sound after the silence, by ffmpeg. */
    async decoded(test: TestContext): Promise<Sound> {
      assert.ok(needs(test, 'ffmpeg'))
      for (;;) {
        await more()
        const decoding = promisify(execFile)('ffmpeg', ['-v', 'quiet', '-i', '-', '-f', 's16le', '-'], {
          encoding: 'buffer',
          maxBuffer: 2 ** 26,
        })
        decoding.child.stdin?.end(kept)
        const { stdout } = await decoding
        const all = samplesIn(stdout)
        const loud = all.findIndex((sample) => sample !== 0)
        const heard = loud === -1 ? all.subarray(0, 0) : all.subarray(loud - (loud % 2))
        if (heard.length >= 44_100) return heard
      }
    },
    /** Once the host has ended it, whatever was left. */
    get ended() {
      return (async () => {
        while (await more().catch(() => false));
      })()
    },
    leave: () => leaving.abort(),
  }
}

function soundIn(wav: Buffer): Sound {
  return samplesIn(wav.subarray(wavHeaderBytes))
}

function samplesIn(bytes: Buffer): Sound {
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)))
}

/** Where its first so many frames are in the song, in frames; undefined when it is no piece of it. */
function placeOf(heard: Sound, frames = 11_025): number | undefined {
  const bytes = (sound: Sound) => Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength)
  const at = bytes(song).indexOf(bytes(heard.slice(0, frames * 2)))
  return at === -1 ? undefined : at / 4
}

/** However busy the machine is, and so however torn the sound. */
function holdsPieces(heard: Sound): boolean {
  for (let at = 0; at + 22_050 < heard.length; at += 2000)
    if (placeOf(heard.subarray(at)) !== undefined) return true
  return false
}

function loudness(sound: Sound): number {
  return Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / sound.length)
}

function withoutTitles(bytes: Buffer): { sound: Buffer; titles: string[] } {
  const parts: Buffer[] = []
  const titles: string[] = []
  let at = 0
  for (; at + icyIntervalBytes < bytes.length; ) {
    parts.push(bytes.subarray(at, at + icyIntervalBytes))
    const textBytes = (bytes[at + icyIntervalBytes] ?? 0) * 16
    const textAt = at + icyIntervalBytes + 1
    const text = bytes
      .subarray(textAt, textAt + textBytes)
      .toString()
      .replace(/\0+$/, '')
    if (text !== '') titles.push(text)
    at = textAt + textBytes
  }
  return { sound: Buffer.concat(parts), titles }
}
