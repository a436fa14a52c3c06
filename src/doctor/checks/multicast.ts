// Whether questions to all leave this machine, come back, reach the patient and are answered.

import type { Context } from '../context.ts'
import { checkOf, healthy, unknown } from '../finding.ts'
import { isOnAnyLink } from '../heard-services.ts'
import { canAskAll } from './interface.ts'

export const multicastCheck = checkOf({
  name: 'multicast',
  asks: 'Do questions to all leave, and do answers come back?',
  faults: {
    MULTICAST_OUT_BLOCKED: {
      says: 'This machine does not let multicast out ({paths}).',
      fix: 'Let UDP port 5353 to 224.0.0.251 and ff02::fb out of the firewall of this machine.',
    },
    MULTICAST_IN_BLOCKED: {
      says: 'This machine does not let multicast in ({paths}): its own question did not come back.',
      fix: 'Let UDP port 5353 into the firewall of this machine, for example `ufw allow 5353/udp` or the service mdns of firewalld.',
    },
    MULTICAST_LOST_BETWEEN: {
      says: '{name} answers at {address}, even to multicast DNS when asked alone, but questions or answers to all are lost on the way.',
      fix: 'In the access point or switch, allow multicast: turn off client isolation and “multicast filtering”, or IGMP snooping. Until then: --host {address}.',
    },
    HOST_IS_MUTE: {
      says: '{name} answers at {address}, but not to multicast DNS.',
      fix: 'On the machine of {name}, let UDP port 5353 through the firewall, and run the host without --no-announce. Until then: --host {address}.',
    },
  },
  async judge(context, fault) {
    const { portFault, sendFaults, paths, returned } = await context.heard()
    if (portFault !== undefined) return unknown('The multicast DNS port could not be opened.', [portFault])
    if (paths.length === 0 || !canAskAll(context)) return unknown('There is no interface to ask all on.')
    const isAny = (list: readonly string[], family: string) => list.some((one) => one.includes(family))
    const evidence = returned.map((path) => `${path}: our own question came back`)
    for (const family of ['IPv4', 'IPv6']) {
      if (!isAny(paths, family)) continue
      const ofFamily = paths.filter((path) => path.includes(family)).join(', ')
      const blocked = sendFaults.filter((text) => text.includes(family))
      // A tunnel may refuse; all of them do so only where something is in the way.
      if (blocked.length > 0 && !isAny(returned, family))
        return fault('MULTICAST_OUT_BLOCKED', { paths: ofFamily }, blocked)
      if (!isAny(returned, family)) return fault('MULTICAST_IN_BLOCKED', { paths: ofFamily }, evidence)
    }
    return (
      (await lostOnTheWay(context, fault)) ??
      healthy('Multicast leaves this machine and comes back.', evidence)
    )
  },
})

type Fault = (
  name: 'MULTICAST_LOST_BETWEEN' | 'HOST_IS_MUTE',
  words: Record<string, string>,
  evidence?: readonly string[],
) => ReturnType<typeof healthy>

/** Only a library that is there and on our link can show it. */
async function lostOnTheWay(context: Context, fault: Fault) {
  const { patient } = context
  const [announced, place, answer] = await Promise.all([
    context.announced(),
    context.place(),
    context.answer(),
  ])
  const isThere = place && answer?.libraryName !== undefined
  if (!patient || !isThere || !isOnAnyLink(context.links, place.address.host)) return undefined
  const words = { name: answer.libraryName ?? patient.name, address: place.address.host }
  if (announced.some(({ ways }) => ways.has('multicast'))) return undefined
  if (announced.length > 0)
    return fault('MULTICAST_LOST_BETWEEN', words, ['its answers to us alone arrive, those to all do not'])
  // Known by its address only, it may well have been heard, under a name that we do not know.
  const { services, senders } = await context.heard()
  const isHeard =
    services.some(({ addresses }) => addresses.includes(place.address.host)) ||
    senders.has(place.address.host)
  if (isHeard) return undefined
  if (await context.speaksAlone())
    return fault('MULTICAST_LOST_BETWEEN', words, [`${place.address.host} answers when asked alone`])
  return fault('HOST_IS_MUTE', words, [`${place.address.host} does not answer on UDP port 5353`])
}
