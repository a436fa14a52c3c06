// Whether the library listens where it is said to be.

import { addressText } from '../../remote/node.ts'
import { checkOf, healthy, unknown } from '../finding.ts'

export const portCheck = checkOf({
  name: 'port',
  asks: 'Does the library listen?',
  faults: {
    NOTHING_LISTENS: {
      says: 'The machine at {address} is on, but nothing listens there.',
      fix: 'Start the host there (`tonearm host`). If it runs on another port, name it: --host ADDRESS:PORT.',
    },
    OTHER_PROGRAM: {
      says: 'Another program than a library listens at {address}.',
      fix: 'Look on that machine which one it is (`ss -ltnp`), and give the host another port with --port.',
    },
  },
  async judge(context, fault) {
    const place = await context.place()
    if (!place) return unknown(context.patient ? 'It is not known where it is.' : 'No host was named.')
    const { evidence } = place
    const words = { address: addressText(place.address) }
    const isSpeaker = (await context.announced()).some(({ kind }) => kind !== 'host')
    if (place.result === 'open') {
      const answer = isSpeaker ? undefined : await context.answer()
      if (isSpeaker || answer?.libraryName !== undefined)
        return healthy(`It listens at ${words.address}.`, [evidence, ...(answer ? [answer.evidence] : [])])
      return fault('OTHER_PROGRAM', words, [evidence, answer?.evidence ?? ''])
    }
    if (place.result !== 'refused')
      return unknown(`Nothing is heard of ${words.address}; see below.`, [evidence])
    // Somebody else speaks for it: then that is the fault, see the address.
    const isOwnWord = await isAnnouncedByItself(context)
    return isOwnWord
      ? fault('NOTHING_LISTENS', words, [evidence])
      : unknown('It is not there; see below.', [evidence])
  },
})

/** True also when nobody announces it. */
export async function isAnnouncedByItself(
  context: Parameters<(typeof portCheck)['run']>[0],
): Promise<boolean> {
  const announced = await context.announced()
  return announced.every(({ from, addresses }) => addresses.includes(from) || isLinkLocal(from))
}

/** Such a sender tells nothing: the addresses that are announced need not hold it. */
function isLinkLocal(address: string): boolean {
  return /^fe[89ab]/i.test(address)
}
