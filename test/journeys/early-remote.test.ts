// A remote that asks while its host still starts, and a host that is ended before it has started.

import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { child, children, type DmapContainer, decode } from '../../src/protocol/index.ts'
import { eventually } from '../lab/eventually.ts'
import { type Person, personAt } from './programs.ts'

const sample = resolve(import.meta.dirname, '../../sample')
const words = ['host', sample, '--no-announce', '--json', '--output', 'null', '--port', '0', '--share']

/** Somebody whose host has run before, and where it answers. */
async function ownerOf(t: TestContext): Promise<{ person: Person; url: string }> {
  const person = personAt(t, undefined)
  const host = person.start(...words)
  const { url } = JSON.parse(await host.line(/"ready"/)) as { url: string }
  await host.line(/"scanned"/)
  await host.stop()
  return { person, url }
}

async function tree(address: string): Promise<DmapContainer> {
  const [root] = decode(new Uint8Array(await (await fetch(address)).arrayBuffer()))
  return root?.[1] as DmapContainer
}

/** Keeps asking until the port is open. */
function firstAnswer(address: string): Promise<DmapContainer> {
  return eventually('the port is open', () => tree(address).catch(() => undefined))
}

test('a remote that logs in as soon as the port is open has the whole list', {
  timeout: 60_000,
}, async (t) => {
  const { person, url } = await ownerOf(t)
  const host = person.start(...words)
  t.after(() => host.stop())

  const session = child(await firstAnswer(`${url}/login`), 'mlid')
  const list = await tree(`${url}/databases/1/items?meta=dmap.itemname&session-id=${session}`)

  assert.equal(children(child(list, 'mlcl') ?? [], 'mlit').length, child(list, 'mtco'))
  assert.notEqual(child(list, 'mtco'), 0)
})

test('a host that is ended while it starts leaves nothing behind and says nothing', {
  timeout: 60_000,
}, async (t) => {
  const { person, url } = await ownerOf(t)
  const host = person.start(...words)
  await firstAnswer(`${url}/server-info`)

  const { code } = await host.stop('SIGTERM', 20_000)

  assert.equal(code, 0)
  assert.deepEqual(host.errorLines, [])
  assert.deepEqual(
    readdirSync(person.data).filter((name) => /^(?:lock\.pid|running\.json)$|-wal$/.test(name)),
    [],
  )
  const again = person.start(...words)
  await again.line(/"ready"/)
  assert.equal((await again.stop()).code, 0)
})
