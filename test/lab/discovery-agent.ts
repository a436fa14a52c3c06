// Our discovery as a program, for tests that need it inside a machine of the lab:
// one JSON command per line of stdin, one JSON event per line of stdout. Its argument, if any, is the host's label.

import { createInterface } from 'node:readline'
import { systemClock } from '../../src/clock.ts'
import { type Announcement, openDiscovery, type ServiceToAnnounce } from '../../src/discovery/index.ts'
import { type Log, silentLog } from '../../src/log.ts'

export type AgentCommand =
  | { announce: ServiceToAnnounce }
  | { browse: string }
  /** Services are told apart by their type here. */
  | { updateTxt: ServiceToAnnounce['txt']; of: string }
  | { withdraw: string }
  | { reconfirm: { type: string; name: string } }
  | { close: true }

const say = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`)
const log: Log = {
  ...silentLog,
  warn: (message, fields) => say({ warn: message, ...fields }),
  error: (message, fields) => say({ error: message, fault: String(fields?.['fault']) }),
}
const [hostLabel] = process.argv.slice(2)
const discovery = await openDiscovery({
  log,
  clock: systemClock,
  ...(hostLabel === undefined ? {} : { hostLabel }),
})
const announcements = new Map<string, Announcement>()
say({ ready: true })

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line) as AgentCommand
  if ('announce' in command) void announce(command.announce)
  if ('browse' in command) browse(command.browse)
  if ('updateTxt' in command) announcements.get(command.of)?.updateTxt(command.updateTxt)
  if ('reconfirm' in command) discovery.reconfirm(command.reconfirm)
  if ('withdraw' in command) await announcements.get(command.withdraw)?.withdraw()
  if ('close' in command) break
}
await discovery.close()
say({ closed: true })

async function announce(service: ServiceToAnnounce): Promise<void> {
  const announcement = await discovery.announce(service, (renamed) => say({ renamed, from: service.name }))
  announcements.set(service.type, announcement)
  say({ announced: announcement.name, type: service.type })
}

function browse(type: string): void {
  const readable = ({ txt, ...service }: { txt: ReadonlyMap<string, Uint8Array | true> }) => ({
    ...service,
    txt: Object.fromEntries(
      [...txt].map(([key, value]) => [key, value === true ? true : Buffer.from(value).toString()]),
    ),
  })
  discovery.browse(type, {
    onUp: (service) => say({ up: readable(service) }),
    onDown: ({ name }) => say({ down: name }),
  })
}
