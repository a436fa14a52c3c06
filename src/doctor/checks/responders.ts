// Who answers for names here: several programs may share the port, but only one machine may answer for one library.

import { checkOf, healthy, unknown } from '../finding.ts'
import type { Service } from '../heard-services.ts'

export const respondersCheck = checkOf({
  name: 'responders',
  asks: 'Does one machine alone answer for the name?',
  faults: {
    PORT_5353_TAKEN: {
      says: 'Another program on this machine holds the multicast DNS port alone, so nothing can be found from here.',
      fix: 'Find it with `ss -ulpn sport = :5353` and stop it, or let it share the port; avahi and Bonjour do.',
    },
    TWO_RESPONDERS: {
      says: 'Two machines answer for “{name}”: {places}.',
      fix: 'Stop one of them. If it is a copy of a data directory, start the copy with a fresh one (--data DIR).',
    },
  },
  async judge(context, fault) {
    const { portFault } = await context.heard()
    if (portFault !== undefined) return fault('PORT_5353_TAKEN', {}, [portFault])
    if (!context.patient) return healthy('The multicast DNS port can be shared on this machine.')
    const announced = await context.announced()
    const rivals = rivalsIn(announced)
    if (rivals.length > 1)
      return fault('TWO_RESPONDERS', { name: context.patient.name, places: rivals.join(' and ') }, rivals)
    if (announced.length === 0) return unknown('Nobody answers for the name now.')
    return healthy('One machine answers for the name.', rivals)
  },
})

/** The places that one instance is said to be at. A machine says the same over IPv4 and IPv6. */
function rivalsIn(services: readonly Service[]): string[] {
  const [first] = services
  const claims = services.filter(
    ({ kind, serviceName }) => kind === first?.kind && serviceName === first.serviceName,
  )
  const places = new Map(
    claims.map(({ hostName, port, addresses, from }) => [
      `${hostName.toLowerCase()} ${port}`,
      `${addresses[0] ?? from} port ${port} (${hostName})`,
    ]),
  )
  return [...places.values()]
}
