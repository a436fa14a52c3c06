// Whether its machine is off or asleep: on our link, and without a sign of life.

import { checkOf, healthy, unknown } from '../finding.ts'
import { isOnAnyLink } from '../heard-services.ts'
import { isAnnouncedByItself } from './port.ts'

export const sleepCheck = checkOf({
  name: 'sleep',
  asks: 'Is its machine awake?',
  faults: {
    ASLEEP: {
      says: '{name} is asleep, switched off or unplugged: its machine at {address} shows no sign of life.',
      fix: '`tonearm wake "{name}"`, or switch it on.',
    },
  },
  async judge(context, fault) {
    const { patient } = context
    const place = await context.place()
    if (!patient || !place) return unknown(patient ? 'It is not known where it is.' : 'No host was named.')
    if (place.result === 'open' || place.result === 'refused') return healthy('Its machine is awake.')
    const { host } = place.address
    if (!isOnAnyLink(context.links, host)) return unknown('From another network this cannot be seen.')
    const life = await context.life()
    if (life.length > 0) return healthy('Its machine is awake.', life)
    if (!(await isAnnouncedByItself(context))) return unknown('Somebody else speaks for it; see above.')
    return fault('ASLEEP', { name: patient.name, address: host }, [
      place.evidence,
      `nothing else is heard of ${host}`,
    ])
  },
})
