// A simulated Apple Remote by hand: announces itself, shows its four digits, waits for a host's call.

import { parseArgs } from 'node:util'
import { systemClock } from '../src/clock.ts'
import { openDiscovery } from '../src/discovery/index.ts'
import { silentLog } from '../src/log.ts'
import { fakeRemote } from '../test/fakes/fake-remote.ts'

const usage = `Usage: node scripts/fake-remote.ts [--name TEXT] [--any-pin]

Acts as Apple's Remote with its pairing screen open, on the real network.
Run "tonearm accept" on the host's side and type the digits shown here.

  --name TEXT   the name that hosts show (default: Elke's iPhone)
  --any-pin     hostile: takes every code for right

Example: node scripts/fake-remote.ts --name "Kitchen iPad"`

const { values } = parseArgs({
  options: {
    name: { type: 'string' },
    'any-pin': { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}

const discovery = await openDiscovery({ log: silentLog, clock: systemClock })
const remote = fakeRemote(discovery, values.name)
const screen = values['any-pin'] ? await remote.saysYesToAnyPin() : await remote.showsPairingScreen()
console.log(`${remote.name} waits on port ${screen.port}. Digits: ${screen.pin}`)

const stopped = Promise.withResolvers<undefined>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.resolve(undefined))
const host = await Promise.race([screen.paired, stopped.promise])
if (host !== undefined) console.log(`Paired with "${host}". The guid to log in with: ${remote.guid}`)
await remote.closesScreen()
await discovery.close()
