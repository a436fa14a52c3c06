// What speakers say by themselves: known by the number that they were given, without a session.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startHost } from '../../../test/fakes/host.ts'

const songs = [
  { title: 'Aria', genre: 'Baroque', durationMs: 60_000 },
  { title: 'Winter', genre: 'Baroque', durationMs: 60_000 },
]
const number = '1986535575'

async function hostWithKitchen(t: TestContext) {
  const host = await startHost(t, { songs, activeRemotes: () => [{ number, outputId: 'kitchen' }] })
  const { player } = host
  await player.setOutputs(['system', 'kitchen'], 'test')
  await player.playNow([{ songId: 11 }, { songId: 12 }], {}, 'test')
  return {
    ...host,
    kitchen: () => player.state.outputs.find(({ id }) => id === 'kitchen'),
    says: async (request: string, as = number) =>
      (await host.get(`/ctrl-int/1/${request}`, { headers: { 'active-remote': as } })).status,
  }
}

test('a speaker is louder by its own buttons, nobody else is, and the change has its name', async (t) => {
  const { says, player, kitchen } = await hostWithKitchen(t)

  const status = await says('volumeup')

  assert.equal(status, 204)
  assert.equal(player.state.volumePercent, 40)
  assert.equal(player.state.outputs[0]?.relativeVolumePercent, 100)
  assert.equal(Math.trunc((40 * (kitchen()?.relativeVolumePercent ?? 0)) / 100), 25, 'it was at 20')
  assert.equal(player.state.cause, 'Kitchen (speaker): louder')
})

test('mute pressed at a speaker silences that one, and pressed again brings it back', async (t) => {
  const { says, player, kitchen } = await hostWithKitchen(t)

  await says('mutetoggle')
  const silent = kitchen()?.relativeVolumePercent
  await says('mutetoggle')

  assert.deepEqual([silent, kitchen()?.relativeVolumePercent], [0, 50])
  assert.deepEqual([player.state.volumePercent, player.state.isMuted], [40, false])
})

test('a volume in dB that a speaker tells is taken, and not told back to it', async (t) => {
  const { says, player, kitchen } = await hostWithKitchen(t)

  await says('setproperty?dmcp.device-volume=-15.000000')

  assert.deepEqual([player.state.volumePercent, kitchen()?.relativeVolumePercent], [50, 100])
  assert.deepEqual(
    player.audio.outputs.map(({ id, volumePercent, isItsOwn = false }) => [id, volumePercent, isItsOwn]),
    [
      ['system', 40, false],
      ['kitchen', 50, true],
    ],
  )
})

test('a speaker that somebody else plays on is let go, and taken back when all reasons are gone', async (t) => {
  const { says, player, kitchen } = await hostWithKitchen(t)

  await says('setproperty?dmcp.device-prevent-playback=1')
  await says('setproperty?dmcp.device-busy=1')
  const whileTaken = kitchen()?.isOn
  await says('setproperty?dmcp.device-prevent-playback=0')
  const whileBusy = kitchen()?.isOn
  await says('setproperty?dmcp.device-busy=0')

  assert.deepEqual([whileTaken, whileBusy, kitchen()?.isOn], [false, false, true])
  assert.equal(player.state.state, 'playing')
  assert.equal(player.state.cause, 'Kitchen (speaker): free again')
})

test('one that was off here stays off when it is free', async (t) => {
  const { says, player, kitchen } = await hostWithKitchen(t)
  await player.setOutputs(['system'], 'test')

  await says('setproperty?dmcp.device-busy=1')
  await says('setproperty?dmcp.device-busy=0')

  assert.equal(kitchen()?.isOn, false)
})

test('a number that is not given, or no more, opens nothing', async (t) => {
  const { says, player } = await hostWithKitchen(t)
  const { revision } = player.state

  for (const other of ['1986535576', '198653557', '', '0x7668129', `${number} `.trimStart() + '0'])
    assert.deepEqual([await says('volumeup', other), await says('pause', other)], [400, 403], other)

  assert.equal(player.state.revision, revision)
})
