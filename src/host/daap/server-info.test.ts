import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { daapClient } from '../../../test/fakes/daap-client.ts'
import { fakeLibrary } from '../../../test/fakes/library.ts'
import { child, children, decode, macsFromServerInfo } from '../../protocol/index.ts'

const library = fakeLibrary({ songs: [] })
const infoFor = async (options: Parameters<typeof daapClient>[1]) =>
  child(await daapClient(library, options).get('/server-info'), 'msrv') ?? []

test('the short answer of OwnTone is in ours: same codes, same order, same values', async () => {
  const { vectors } = JSON.parse(
    readFileSync(new URL('../../protocol/vectors/dmap.json', import.meta.url), 'utf8'),
  ) as { vectors: { name: string; hex: string }[] }
  const hex = vectors.find(({ name }) => name === 'server-info, short')?.hex ?? ''
  const theirs = child(decode(new Uint8Array(Buffer.from(hex, 'hex'))), 'msrv') ?? []

  const ours = await infoFor({ identity: { name: 'Living Room' } })

  const codes = new Set(theirs.map(([code]) => code))
  // They have a second library, of radio stations; our playlists can be edited.
  const expected = theirs.map((node) => (node[0] === 'msdc' || node[0] === 'msed' ? [node[0], 1] : node))
  assert.deepEqual(
    ours.filter(([code]) => codes.has(code)),
    expected,
  )
})

test('iTunes and Music are told of no groups, remotes of albums and artists', async () => {
  const agents = {
    'iTunes/12.2.2 (Macintosh; OS X 10.10.5) AppleWebKit/600.8.9': 0,
    'Music/1.0.1 (Macintosh; OS X 10.15.2)': 0,
    'Remote/813': 3,
  }

  for (const [userAgent, kinds] of Object.entries(agents))
    assert.equal(child(await infoFor({ userAgent }), 'asgr'), kinds, userAgent)
})

test('old clients hear their own version', async () => {
  const versions = async (said: string) => {
    const info = await infoFor({ headers: { 'client-daap-version': said } })
    return [child(info, 'mpro'), child(info, 'apro')]
  }

  assert.deepEqual(await versions('3.12'), [0x0002000a, 0x0003000c])
  assert.deepEqual(await versions('2.0'), [0x00010000, 0x00020000])
  assert.deepEqual(await versions('1.0'), [0x00010000, 0x00010000])
  assert.deepEqual(await versions('constructor'), [0x0002000a, 0x0003000c])
})

test('a password is asked for only when there is one', async () => {
  const open = await infoFor({ identity: { sharing: 'open' } })
  const closed = await infoFor({ identity: { sharing: 'password' } })

  assert.deepEqual([child(open, 'msau'), child(open, 'msas')], [0, undefined])
  assert.deepEqual([child(closed, 'msau'), child(closed, 'msas')], [2, 3])
})

test('a remote can learn whom to wake; nothing makes it ask for FairPlay', async () => {
  const info = await infoFor({ identity: { macAddresses: ['d4:9a:20:d1:5e:63'] } })

  assert.deepEqual(macsFromServerInfo(info), ['d4:9a:20:d1:5e:63'])
  assert.equal(child(info, 'msed'), 1)
  assert.equal(child(info, 'aeFP'), undefined)
})

test('the dictionary of codes begins as the reference says', async () => {
  const answer = child(await daapClient(library).get('/content-codes'), 'mccr') ?? []
  const entries = children(answer, 'mdcl')

  assert.equal(child(answer, 'mstt'), 200)
  assert.deepEqual(
    entries.find((entry) => child(entry, 'mcna') === 'dmap.itemname'),
    [
      ['mcnm', 0x6d696e6d],
      ['mcna', 'dmap.itemname'],
      ['mcty', 9],
    ],
  )
  assert.ok(entries.every((entry) => (child(entry, 'mcty') ?? 0) > 0))
})
