// Two machines whose discovery meets on the fake network, and what tests do with them.

import { type DiscoveryParts, startDiscovery } from '../../src/discovery/discovery.ts'
import type { Announcement, Discovery, FoundService, ServiceToAnnounce } from '../../src/discovery/types.ts'
import { silentLog } from '../../src/log.ts'
import { type FakeClock, fakeClock } from './clock.ts'
import { fakeLan, type LanMachine } from './lan.ts'

export async function twoMachines() {
  const clock = fakeClock()
  const lan = fakeLan(clock)
  const machines = { host: lan.machine('192.168.1.1'), remote: lan.machine('192.168.1.2') }
  const host = await join(clock, machines.host, 'host')
  const remote = await join(clock, machines.remote, 'remote')
  return { clock, lan, machines, host, remote }
}

export function join(
  clock: FakeClock,
  machine: LanMachine,
  hostLabel: string,
  parts: Partial<DiscoveryParts> = {},
): Promise<Discovery> {
  return startDiscovery({
    makeNetwork: (onPacket) => machine.makeNetwork(onPacket),
    clock,
    log: silentLog,
    hostLabel,
    random: () => 0.5,
    ...parts,
  })
}

export async function announce(
  clock: FakeClock,
  discovery: Discovery,
  service: ServiceToAnnounce,
  onRenamed?: (name: string) => void,
): Promise<Announcement> {
  const announcing = discovery.announce(service, onRenamed)
  await clock.advance(4000)
  return announcing
}

export function listen(discovery: Discovery, type: string): { ups: FoundService[]; downs: FoundService[] } {
  const heard = { ups: [] as FoundService[], downs: [] as FoundService[] }
  discovery.browse(type, {
    onUp: (service) => heard.ups.push(service),
    onDown: (service) => heard.downs.push(service),
  })
  return heard
}
