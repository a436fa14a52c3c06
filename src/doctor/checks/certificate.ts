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
    OUTSIDE_SILENT: {
      says: 'No host of ours answers at {address}, the way from outside.',
      fix: 'Check the address, that the host runs with --secure-port, and that the router passes the port on to it.',
    },
  },
  async judge(context, fault) {
    const { patient } = context
    const certificate = await context.certificate()
    if (!patient || !certificate) return healthy('No way from outside is used.')
    const { address, held, shown, isHeld } = certificate
    const evidence = [`held: ${held ?? 'none yet'}`, `shown: ${shown ?? 'nothing answers there'}`]
    if (isHeld) return healthy('The certificate is the one that is held.', evidence)
    // From home that way may be closed, as many routers do; it is a fault where it is the one that is meant.
    if (shown === undefined)
      return patient.address?.isSecure
        ? fault('OUTSIDE_SILENT', { address }, evidence)
        : unknown(`Nothing answers at ${address} now.`, evidence)
    if (held === undefined)
      return unknown(`A host answers at ${address}; no certificate of it is held yet.`, evidence)
    return fault('CERTIFICATE_CHANGED', { name: patient.name, address, shown }, evidence)
  },
})
