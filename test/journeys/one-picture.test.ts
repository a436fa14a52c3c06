// Three people hold a remote each, and all press at once: in the end they look at the same picture as the host.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { KnownError } from '../../src/errors.ts'
import type { Connection } from '../../src/remote/index.ts'
import { connectRemote } from '../../src/remote/node.ts'
import { fetchConnection } from '../../src/remote/talk/connection.ts'
import { startPlayingHost } from '../fakes/playing-host.ts'
import { eventually } from '../lab/eventually.ts'
import { chanceFrom, ownCommands, rawCommands, sdkCommands } from './one-picture/commands.ts'
import { pictureOfHost } from './one-picture/picture.ts'
import { startRawClient } from './one-picture/raw-client.ts'
import { followBySdk } from './one-picture/sdk-picture.ts'

const commandsInAll = 2000
const seed = 20_081_010

/** What may be answered where others change the queue meanwhile. */
const expected = new Set(['NOT_FOUND', 'NOTHING_TO_PLAY', 'NOTHING_TO_UNDO', 'HOST_REFUSED', 'BAD_REQUEST'])

test('2,000 commands by two remotes and a raw client at once: all three end with the host’s picture', {
  timeout: 280_000,
}, async (t) => {
  const ending = new AbortController()
  t.after(() => ending.abort()) // before the host’s own end
  const songSeconds = Array.from({ length: 24 }, (_, index) => 0.5 + (index % 5) * 0.6)
  const { host, player, library, address, pair } = await startPlayingHost(t, { songSeconds, outputs: 2 })
  const songIds = Array.from(library.view.songs({}).ids())
  const kitchen = await connectRemote({ address, guid: await pair('kitchen') })
  const attic = await connectRemote({ address, guid: await pair('attic'), connect: asAStranger })
  const raw = await startRawClient(host.url, await pair('wire'), ending.signal)
  const byWatch = followBySdk(kitchen, ending.signal)
  const byPolls = followBySdk(attic, ending.signal)
  const refused = new Map<string, number>()

  /** One person: commands one after the other, each by chance. */
  async function press<Client>(
    client: Client,
    commands: readonly ((
      client: Client,
      chance: (below: number) => number,
      ids: readonly number[],
    ) => unknown)[],
    personsSeed: number,
    times: number,
  ): Promise<void> {
    const chance = chanceFrom(personsSeed)
    for (let pressed = 0; pressed < times; pressed += 1) {
      try {
        await commands[chance(commands.length)]?.(client, chance, songIds)
      } catch (error) {
        if (!(error instanceof KnownError) || !expected.has(error.code)) throw error
        refused.set(error.code, (refused.get(error.code) ?? 0) + 1)
      }
    }
  }
  const each = Math.floor(commandsInAll / 3)
  await Promise.all([
    press(kitchen, [...sdkCommands, ...ownCommands], seed, each),
    press(attic, sdkCommands, seed + 1, each),
    press(raw, rawCommands, seed + 2, commandsInAll - 2 * each),
  ])
  await kitchen.pause()

  const isAlike = (picture: unknown) => isDeepStrictEqual(picture, pictureOfHost(player, library))
  const pictures = () => [byWatch.picture(), byPolls.picture(), raw.picture()]
  await eventually('all see the same', () => pictures().every(isAlike), 60_000).catch(() => {})
  for (const picture of pictures()) assert.deepEqual(picture, pictureOfHost(player, library))
  const refusals = [...refused.values()].reduce((sum, times) => sum + times, 0)
  assert.ok(refusals < commandsInAll / 4, `most commands were done: ${JSON.stringify([...refused])}`)
  for (const who of ['kitchen', 'attic', 'wire'])
    assert.ok(
      [...byWatch.causes].some((cause) => cause.startsWith(`${who}: `)),
      `${who} is named`,
    )
})

/** As at a host of another make: everything by DAAP and DACP. */
function asAStranger(address: Parameters<typeof fetchConnection>[0]): Connection {
  const connection = fetchConnection(address)
  return {
    ...connection,
    async request(path, options) {
      const answer = await connection.request(path, options)
      return {
        ...answer,
        header: (name) => (name.toLowerCase() === 'daap-server' ? 'Other/1.0' : answer.header(name)),
      }
    },
  }
}
