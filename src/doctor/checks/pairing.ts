// Whether the library lets this machine in.

import { checkOf, healthy, unknown } from '../finding.ts'
import { libraryInsteadOf } from './address.ts'

export const pairingCheck = checkOf({
  name: 'pairing',
  asks: 'Does it let this remote in?',
  faults: {
    NOT_PAIRED: {
      says: 'This remote is not paired with {name}.',
      fix: '`tonearm pair "{name}"` here, then `tonearm accept` with its four digits on the host.',
    },
    PAIRING_FORGOTTEN: {
      says: '{name} does not know this remote any more.',
      fix: 'Pair again: `tonearm pair "{name}"` here, then `tonearm accept` on the host.',
    },
  },
  async judge(context, fault) {
    const { patient } = context
    if (patient?.isOwn) return healthy('It runs from this data directory: you are its owner.')
    const answer = await context.answer()
    if (!patient || answer?.libraryName === undefined)
      return unknown('No library answers that could be asked.')
    if ((await context.announced()).some(({ kind }) => kind !== 'host'))
      return healthy('It needs no pairing.')
    const name = answer.libraryName
    if (patient.known?.guid === undefined) return fault('NOT_PAIRED', { name })
    // Its guid is a secret between the two.
    if ((await libraryInsteadOf(context)) !== undefined)
      return unknown('Another library is there; see the address.')
    const login = await context.login()
    if (login === 'refused') return fault('PAIRING_FORGOTTEN', { name })
    if (login === 'welcome') return healthy('This remote is paired.')
    return unknown('The login was not answered.')
  },
})
