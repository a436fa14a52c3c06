// Whether the certificate from outside is the one that is held.

import { checkOf, healthy, unknown } from '../finding.ts'

export const certificateCheck = checkOf({
  name: 'certificate',
  asks: 'Is the certificate from outside the one that is held?',
  faults: {
    CERTIFICATE_CHANGED: {
      says: 'The host shows another certificate at {address} than before.',
      fix: 'Compare {shown} with what the host prints. If it is the same: `tonearm trust "{name}" {shown}`; else somebody stands between.',
    },
  },
  async judge(context, fault) {
    const { patient } = context
    const certificate = await context.certificate()
    if (!patient || !certificate) return healthy('No way from outside is used.')
    const { address, held, shown, isHeld } = certificate
    const evidence = [`held: ${held}`, `shown: ${shown ?? 'nothing answers there'}`]
    if (isHeld) return healthy('The certificate is the one that is held.', evidence)
    if (shown === undefined) return unknown(`Nothing answers at ${address} now.`, evidence)
    return fault('CERTIFICATE_CHANGED', { name: patient.name, address, shown }, evidence)
  },
})
