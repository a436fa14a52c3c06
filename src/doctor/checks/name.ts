// Whether the name means one library, and is heard at all.

import { checkOf, healthy, unknown } from '../finding.ts'
import type { Service } from '../heard-services.ts'

export const nameCheck = checkOf({
  name: 'name',
  asks: 'Does the name mean one library?',
  faults: {
    SAME_NAME: {
      says: 'Several are called “{name}”: {places}.',
      fix: 'Give one of them another name (`tonearm host --name NAME`), or use an address: --host ADDRESS:PORT.',
    },
    RENAMED: {
      says: '“{name}” had to take another name on the network, “{newName}”, because somebody else held its own.',
      fix: 'Stop the other one, often a copy of the same data directory, and start the host again; or pair again.',
    },
    NOT_HEARD: {
      says: 'Nobody called “{name}” was heard, and none is known from before.',
      fix: 'Check the spelling ({others}), that it runs, and that it is in this network; from elsewhere use its address: `tonearm doctor ADDRESS`.',
    },
  },
  async judge(context, fault) {
    const { patient } = context
    if (!patient) return unknown('No host was named.')
    const { services, portFault, returned } = await context.heard()
    const same = namesakes(services, patient.name)
    if (same.length > 1) return fault('SAME_NAME', { name: patient.name, places: same.join(' and ') }, same)
    const newName = renamed(services, patient.known?.serviceName)
    if (newName !== undefined) return fault('RENAMED', { name: patient.name, newName })
    const announced = await context.announced()
    if (announced.length > 0) return healthy(`“${patient.name}” means one library.`)
    if (patient.address || portFault !== undefined) return unknown('It was not heard by a name.')
    if (returned.length === 0) return unknown('Nobody can be heard here; see above.')
    const others = [...new Set(services.map(({ name }) => name))].slice(0, 10).join(', ')
    return fault('NOT_HEARD', {
      name: patient.name,
      others: others === '' ? 'nobody else was heard either' : `heard were: ${others}`,
    })
  },
})

/** Different instances that a person cannot tell apart. */
function namesakes(services: readonly Service[], name: string): string[] {
  const same = services.filter((one) => one.name.toLowerCase() === name.toLowerCase())
  const kind = same[0]?.kind
  const places = new Map(
    same
      .filter((one) => one.kind === kind)
      .map(({ serviceName, addresses, from, port }) => [
        serviceName,
        `${addresses[0] ?? from} port ${port} (${serviceName})`,
      ]),
  )
  return [...places.values()]
}

/** What a conflict makes of an instance name: `NAME (2)` (RFC 6762 9). */
export function renamed(services: readonly Service[], serviceName: string | undefined): string | undefined {
  if (!serviceName) return undefined
  return services.find(
    (one) =>
      one.serviceName.startsWith(`${serviceName} (`) &&
      /^ \(\d+\)$/.test(one.serviceName.slice(serviceName.length)),
  )?.serviceName
}
