// The first song: a host finds music, a remote finds the host, four digits make them friends, and one hears it.
// Two machines and a phone, real processes, real multicast; once with both families, once with IPv6 alone.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { avahiPrograms, startAvahi } from '../lab/avahi.ts'
import { eventually } from '../lab/eventually.ts'
import { createNetwork, type Network } from '../lab/namespaces.ts'
import { needs, needsNamespaces } from '../lab/peers.ts'
import type { Running } from '../lab/process.ts'
import { decodedByFfmpeg, makeFlacAlbum, wavSamples } from './music.ts'
import { events, type Person, personAt, temporaryFolder } from './programs.ts'
import { malformedPackets } from './tshark.ts'

interface StatusJson {
  readonly state: string
  readonly positionMs: number
  readonly durationMs: number
  readonly volumePercent: number
  readonly shuffle: boolean
  readonly track: { readonly title: string; readonly album: string } | null
}
interface WatchJson extends StatusJson {
  readonly event: string
  readonly cause: string
}
interface FoundJson {
  readonly event: string
  readonly kind: string
  readonly name: string
}

const titles = ['Lead-in', 'Side One', 'Run-out']
const secondsEach = 3
const libraryName = 'Attic ♪ Nr. 1'
const touchAbleKeys = ['txtvers', 'Ver', 'DvSv', 'DvTy', 'OSsi', 'DbId', 'CtlN']

test('a remote finds, pairs, browses and plays; a second one sees every change', {
  timeout: 180_000,
}, async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ffmpeg', 'tshark', 'tcpdump', 'ping', ...avahiPrograms)) return
  const network = await createNetwork(t, { machines: ['attic', 'sofa', 'kitchen'] })
  const file = join(temporaryFolder(t), 'journey.pcap')
  const capture = await network.machine('attic').capture(file)

  await journey(t, network)

  await capture.stop()
  assert.deepEqual(await malformedPackets(file), [])
})

test('the same over IPv6 alone', { timeout: 180_000 }, async (t) => {
  if (!needsNamespaces(t) || !needs(t, 'ffmpeg', 'ping', ...avahiPrograms)) return
  const network = await createNetwork(t, { machines: ['attic', 'sofa', 'kitchen'], ipv4: false })

  await journey(t, network)
})

async function journey(t: TestContext, network: Network): Promise<void> {
  const folder = temporaryFolder(t)
  const wav = join(folder, 'heard.wav')
  const files = await makeFlacAlbum(folder, {
    album: 'Signal',
    artist: 'Tone Arm',
    titles,
    seconds: secondsEach,
  })
  await makeFlacAlbum(folder, { album: 'Other', artist: 'Somebody', titles: ['Else'], seconds: 1 })
  const attic = personAt(t, network.machine('attic'))
  const sofa = personAt(t, network.machine('sofa'))
  const kitchen = personAt(t, network.machine('kitchen'))

  const host = attic.start('host', folder, '--name', libraryName, '--output', `wav:${wav}`, '--json')
  await host.line('"ready"')
  await host.line('"scanned"')
  const finding = sofa.start('find', '--json', '--for', '120')
  await finding.line(`"name":"${libraryName}"`)
  await seenByAvahi(t, network)

  await pair(sofa, attic, { isPinMistyped: true })
  await pair(kitchen, attic, { isPinMistyped: false })
  assert.equal((await attic.json<unknown[]>('pairings')).length, 2)
  const watching = kitchen.start('watch', '--json', '--host', libraryName)
  await watching.line('"connected"')

  await browses(sofa)
  await playsWholeAlbum(sofa, watching, { files, wav, scratch: folder })
  await changesAreSeen(sofa, watching)

  assert.equal((await host.stop('SIGTERM', 2000)).code, 0)
  await eventually('the goodbye', () => seen(finding, 'host').length === 2)
  await watching.line('"gone"')
  assert.deepEqual(seen(finding, 'host'), ['up', 'down'], 'once each')
  assert.deepEqual(seen(finding, 'remote'), ['up', 'down', 'up', 'down'])
  assert.deepEqual(complaints(host), [])

  const again = attic.start('host', folder, '--name', libraryName, '--output', `wav:${wav}`, '--json')
  await again.line('"ready"')
  await eventually('the watching remote back by itself', () => last(watching)?.volumePercent === 35)
  assert.equal((await sofa.json<StatusJson>('status')).volumePercent, 35, 'still paired, and as it was left')
  await eventually('the host found again', () => seen(finding, 'host').slice(2).at(-1) === 'up').catch(() =>
    assert.fail(`not found again: ${finding.lines.join('\n')}`),
  )
  assert.deepEqual(complaints(again), [])
  await again.stop('SIGTERM')
  await watching.stop('SIGINT')
  await finding.stop('SIGINT')
}

function seen(finding: Running, kind: string): string[] {
  return events<FoundJson>(finding)
    .filter((found) => found.kind === kind)
    .map(({ event }) => event)
}

/** What a person at the host would worry about: warnings and errors, but for a machine that is busy with other tests. */
function complaints({ errorLines }: Running): string[] {
  return errorLines.filter((line) => !/"level":[123]0/.test(line) && !line.includes('the sound tore'))
}

async function seenByAvahi(t: TestContext, network: Network): Promise<void> {
  const ipv4 = network.machine('kitchen').ipv4 !== undefined
  const avahi = await startAvahi(t, network.machine('kitchen'), { ipv4 })
  const resolved = (type: string) =>
    eventually(`avahi resolving ${type}`, async () => {
      const found = await avahi.browse(type)
      return found.length > 0 && found
    })
  const [touchAble] = await resolved('_touch-able._tcp')
  const [dacp] = await resolved('_dacp._tcp')

  assert.deepEqual(touchAble?.txt.map((entry) => entry.split('=')[0]).toSorted(), touchAbleKeys.toSorted())
  assert.ok(touchAble?.txt.includes(`CtlN=${libraryName}`))
  assert.match(touchAble?.name ?? '', /^[0-9A-F]{16}$/)
  assert.match(dacp?.name ?? '', /^iTunes_Ctrl_[0-9A-F]{16}$/)
  assert.equal(dacp?.port, touchAble?.port)
  assert.deepEqual(await avahi.browse('_daap._tcp'), [], 'without --share no plain player is invited')
}

async function pair(
  remote: Person,
  host: Person,
  { isPinMistyped }: { isPinMistyped: boolean },
): Promise<void> {
  const pairing = remote.start('pair', libraryName, '--name', `Remote of ${remote.data.slice(-6)}`)
  const pin = /PIN (\d{4})/.exec(await pairing.line(/PIN \d{4}/))?.[1] ?? ''
  await eventually('the remote in the list', async () => {
    return (await host.json<unknown[]>('accept')).length === 1
  })
  if (isPinMistyped) {
    const wrong = await host.run('accept', pin === '0000' ? '1111' : '0000')
    assert.equal(wrong.code, 1)
    assert.match(wrong.stderr, /WRONG_PIN/)
    await pairing.errorLine('sent a wrong code; 4 tries left')
  }
  const right = await host.run('accept', pin)
  assert.equal(right.code, 0, right.stderr)
  assert.match(
    right.stdout,
    /^Remote of \S+ \(\S+\) asks to be paired\.\nPaired with Remote of \S+ \(\S+\)\.$/,
  )
  assert.equal((await pairing.exit).code, 0)
  assert.ok(pairing.lines.at(-1)?.startsWith(`Paired with ${libraryName} (`))
}

async function browses(remote: Person): Promise<void> {
  const albums = await remote.json<{ title?: string; name?: string }[]>('albums', '--host', libraryName)
  const found = await remote.json<{ title: string }[]>('search', 'side')

  assert.deepEqual(
    albums.map(({ title, name }) => title ?? name),
    ['Other', 'Signal'],
  )
  assert.deepEqual(
    found.map(({ title }) => title),
    ['Side One'],
  )
}

async function playsWholeAlbum(
  remote: Person,
  watching: Running,
  { files, wav, scratch }: { files: readonly string[]; wav: string; scratch: string },
): Promise<void> {
  const started = await remote.json<StatusJson>('play', 'signal', '--album')
  assert.equal(started.track?.album, 'Signal')
  await eventually(
    'the end of the album',
    () => last(watching)?.state === 'stopped' && last(watching),
    30_000,
  )

  mkdirSync(join(scratch, 'decoded'))
  const expected = await decodedByFfmpeg(files, join(scratch, 'decoded'))
  const heard = wavSamples(wav)
  assert.equal(heard.length, expected.length, 'as many bytes as the album has')
  assert.ok(heard.equals(expected), 'sample by sample the album')
  const seen = statuses(watching).flatMap(({ track }) => (track ? [track.title] : []))
  assert.deepEqual([...new Set(seen)], titles)
}

/** Each command of one remote, and what the other one sees of it. */
async function changesAreSeen(remote: Person, watching: Running): Promise<void> {
  lookedAt.set(watching, statuses(watching).length)
  await remote.json('play', 'signal', '--album')
  await sees(watching, 'playing', ({ state }) => state === 'playing')
  await remote.json('pause')
  await sees(watching, 'paused', ({ state }) => state === 'paused')
  await remote.json('seek', '0:02')
  await sees(watching, 'the new place', ({ positionMs }) => Math.abs(positionMs - 2000) < 300)
  await remote.json('volume', '35')
  await sees(watching, 'the volume', ({ volumePercent }) => volumePercent === 35)
  await remote.json('shuffle', 'on')
  await sees(watching, 'shuffle', ({ shuffle }) => shuffle)
  await remote.json('shuffle', 'off')
  await sees(watching, 'no shuffle', ({ shuffle }) => !shuffle)
  await remote.json('next')
  await sees(watching, 'the next song', ({ track }) => track?.title === titles[1])
  const status = await remote.json<StatusJson>('status')
  assert.equal(status.volumePercent, 35)
  // The songs are short, and a busy machine may take longer to ask than one of them lasts.
  assert.ok(titles.slice(1).includes(status.track?.title ?? ''))
  await remote.json('stop')
  await sees(watching, 'the stop', ({ state }) => state === 'stopped')
}

function statuses(watching: Running): WatchJson[] {
  return events<WatchJson>(watching).filter(({ event }) => event === 'status')
}

function last(watching: Running): WatchJson | undefined {
  return statuses(watching).at(-1)
}

/** Which status of the watching remote a person has looked at last. */
const lookedAt = new WeakMap<Running, number>()

/** In the order in which it was told: on a busy machine a short song may be over before anybody looks. */
async function sees(watching: Running, what: string, isSeen: (status: WatchJson) => boolean): Promise<void> {
  const from = lookedAt.get(watching) ?? 0
  await eventually(`the second remote seeing ${what}`, () => {
    const at = statuses(watching).findIndex((status, index) => index >= from && isSeen(status))
    if (at >= 0) lookedAt.set(watching, at)
    return at >= 0
  })
}
