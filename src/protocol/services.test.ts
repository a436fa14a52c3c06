import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  daapTxt,
  dacpIdHeader,
  dacpServiceName,
  dacpTxt,
  type ServiceName,
  services,
  touchAbleTxt,
  touchRemoteTxt,
} from './services.ts'

const { vectors } = JSON.parse(readFileSync(new URL('./vectors/txt.json', import.meta.url), 'utf8')) as {
  vectors: { name: string; entries: (string | { hex: string })[] }[]
}
const library = { name: 'Studio', databaseId: 0x5af47e6b01a2c3d4n }

/** Which service a vector shows, by the words of its name. */
const shown: readonly [ServiceName, RegExp][] = [
  ['touchAble', /_touch-able/],
  ['touchRemote', /_touch-remote/],
  ['daap', /_daap/],
  ['dacp', /_dacp/],
  ['raop', /_raop/],
]

for (const [service, pattern] of shown) {
  test(`every key that others announce under ${services[service].type} is in the table`, () => {
    const records = vectors.filter(({ name }) => pattern.test(name))
    assert.ok(records.length > 0)

    for (const { entries } of records) {
      for (const entry of entries) {
        const key = String(entry).split('=')[0] ?? ''
        assert.ok(key in services[service].keys, key)
      }
    }
  })
}

test('our records hold what OwnTone and iTunes put there, under keys of the table', () => {
  assert.deepEqual(touchAbleTxt(library), {
    txtvers: '1',
    DbId: '5AF47E6B01A2C3D4',
    DvTy: 'iTunes',
    DvSv: '3120',
    Ver: '131077',
    OSsi: '0x1F5',
    CtlN: 'Studio',
  })
  assert.deepEqual(touchRemoteTxt({ name: 'Foobar', pair: 'AEC05E', family: 'iPod touch' }), {
    DvNm: 'Foobar',
    RemV: '10000',
    DvTy: 'iPod touch',
    RemN: 'Remote',
    txtvers: '1',
    Pair: '0000000000AEC05E',
  })
  const written = { touchAble: touchAbleTxt(library), daap: daapTxt({ ...library, hasPassword: true }) }
  assert.equal(written.daap['Password'], '1')
  for (const key of Object.keys(written.daap)) assert.ok(key in services.daap.keys, key)
  for (const key of Object.keys(dacpTxt(library))) assert.ok(key in services.dacp.keys, key)
})

test('a long name is cut so that its string fits, never inside a character', () => {
  const { CtlN = '' } = touchAbleTxt({ ...library, name: '東'.repeat(200) })

  assert.equal(new TextEncoder().encode(`CtlN=${CtlN}`).length, 254)
  assert.match(CtlN, /^東+$/u)
})

test('speakers find us by an id that is padded in the name and bare in the header', () => {
  assert.equal(dacpServiceName(0xab12n), 'iTunes_Ctrl_000000000000AB12')
  assert.equal(dacpIdHeader(0xab12n), 'AB12')
})
