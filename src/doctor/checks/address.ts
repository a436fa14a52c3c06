// Whether what is said and remembered of its place is still true.

import { addressText, parseAddress } from '../../remote/node.ts'
import type { Context } from '../context.ts'
import { checkOf, healthy, unknown } from '../finding.ts'
import { isAnnouncedByItself } from './port.ts'

export const addressCheck = checkOf({
  name: 'address',
  asks: 'Is it where it is said to be?',
  faults: {
    STALE_ANNOUNCEMENT: {
      says: '{name} is gone from {address}, but {from} still announces it.',
      fix: 'Restart the mDNS program or reflector at {from} (avahi, a router, a relay); by itself it forgets after up to 75 minutes.',
    },
    SOMEBODY_ELSE_THERE: {
      says: 'At {address}, where {name} was last, is another library now: {other}.',
      fix: 'See where it is now with `tonearm find`, then use it once by its name: `tonearm status --host NAME`.',
    },
    SOME_ADDRESSES_DEAD: {
      says: '{name} announces addresses that do not answer: {dead}.',
      fix: 'On its machine, start the host with --listen ADDRESS for the network that is meant, or take the dead interface down.',
    },
  },
  async judge(context, fault) {
    const { patient } = context
    const places = await context.places()
    const [place, announced] = await Promise.all([context.place(), context.announced()])
    if (!patient || !place) return unknown(patient ? 'It is not known where it is.' : 'No host was named.')
    const evidence = places.map((one) => one.evidence)
    const words = { name: patient.name, address: addressText(place.address) }
    if (place.result !== 'open') {
      const from = announced[0]?.from ?? ''
      if (announced.length > 0 && !(await isAnnouncedByItself(context)))
        return fault('STALE_ANNOUNCEMENT', { ...words, from }, evidence)
      return unknown('It does not answer.', evidence)
    }
    const other = await libraryInsteadOf(context)
    if (other !== undefined) return fault('SOMEBODY_ELSE_THERE', { ...words, other }, evidence)
    const toldHosts = new Set(announced.flatMap(({ addresses }) => addresses))
    const dead = places.filter(({ address, result }) => toldHosts.has(address.host) && result !== 'open')
    if (dead.length > 0)
      return fault(
        'SOME_ADDRESSES_DEAD',
        { ...words, dead: dead.map((one) => one.address.host).join(', ') },
        evidence,
      )
    return healthy(`It is at ${words.address}.`, evidence)
  },
})

/** What the library is called that has the place where ours was last; undefined when that is still ours, or nobody's. */
export async function libraryInsteadOf(context: Context): Promise<string | undefined> {
  const [place, answer, announced] = await Promise.all([
    context.place(),
    context.answer(),
    context.announced(),
  ])
  const known = context.patient?.known
  if (!place || !known || known.name === '' || announced.length > 0) return undefined
  const isRemembered = addressText(place.address) === rememberedPlace(known.address)
  return isRemembered && answer?.libraryName !== known.name ? answer?.libraryName : undefined
}

function rememberedPlace(address: string): string {
  return address === '' ? '' : addressText(parseAddress(address))
}
