// The screen of an Apple TV, over real HTTP.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startAppleTv } from '../../../test/fakes/apple-tv.ts'
import { startItunesHost } from '../../../test/fakes/itunes-host.ts'
import { eventually } from '../../../test/lab/eventually.ts'
import { KnownError } from '../../errors.ts'
import { connectRemote, type ScreenPrompt } from '../node.ts'

async function pairedRemote(t: Parameters<typeof startAppleTv>[0]) {
  const appleTv = await startAppleTv(t)
  const remote = await connectRemote({ address: appleTv.address, guid: appleTv.guid })
  return { appleTv, remote }
}

test('an arrow is a swipe of seven touches, a button is one word', async (t) => {
  const { appleTv, remote } = await pairedRemote(t)

  await remote.pressKey('left')
  await remote.pressKey('select')
  await remote.pressKey('topmenu')

  assert.deepEqual(appleTv.pressed, [
    'touchDown&time=0&point=75,100',
    'touchMove&time=1&point=70,100',
    'touchMove&time=3&point=65,100',
    'touchMove&time=4&point=60,100',
    'touchMove&time=5&point=55,100',
    'touchMove&time=6&point=50,100',
    'touchUp&time=7&point=50,100',
    'select',
    'topmenu',
  ])
})

test('up goes up and down goes down', async (t) => {
  const { appleTv, remote } = await pairedRemote(t)

  await remote.pressKey('up')
  await remote.pressKey('down')

  const ends = appleTv.pressed.filter((event) => !event.startsWith('touchMove'))
  assert.deepEqual(ends, [
    'touchDown&time=0&point=20,275',
    'touchUp&time=6&point=20,250',
    'touchDown&time=0&point=20,250',
    'touchUp&time=6&point=20,275',
  ])
})

test('text is typed into what the screen asks for', async (t) => {
  const { appleTv, remote } = await pairedRemote(t)
  const prompts: ScreenPrompt[] = []
  const ending = new AbortController()
  const reading = (async () => {
    for await (const prompt of remote.screenPrompts({ signal: ending.signal })) prompts.push(prompt)
  })()

  appleTv.asksForText({ title: 'Search', text: 'Mi' })
  const asked = await eventually('the keyboard', () => prompts[0])
  assert.ok(asked.kind === 'text')
  await remote.typeText(asked, 'Miles')
  const between = appleTv.field
  await remote.typeText(asked, 'Miles Davis', { isDone: true })
  await eventually('the keyboard is gone', () => prompts[1]?.kind === 'none')
  ending.abort()
  await assert.rejects(reading, { name: 'AbortError' })

  assert.deepEqual(
    [asked.title, asked.detail, asked.text, asked.isEmail],
    ['Search', 'On your TV', 'Mi', false],
  )
  assert.deepEqual(between, { text: 'Miles', isOpen: true })
  assert.deepEqual(appleTv.field, { text: 'Miles Davis', isOpen: false })
})

test('a host without a screen says so', async (t) => {
  const host = await startItunesHost(t)
  const remote = await connectRemote({ address: host.address, guid: host.guid })

  await assert.rejects(
    remote.pressKey('menu'),
    (error) => error instanceof KnownError && error.code === 'HOST_REFUSED',
  )
  assert.ok(!host.requests.some((request) => request.includes('controlprompt')))
})
