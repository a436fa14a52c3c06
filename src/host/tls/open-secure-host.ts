// The way in from outside, put together: certificate, door and port.

import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { type CertificateFiles, givenCertificate } from './given-certificate.ts'
import { ownCertificate } from './own-certificate.ts'
import { type SecureDoorParts, secureDoor } from './secure-door.ts'
import { openSecurePort, type SecurePort } from './secure-port.ts'

export interface SecureHostOptions extends SecureDoorParts {
  /** 0: a free one. */
  readonly port: number
  readonly listen: readonly string[]
  /** Without it the host makes its own, in the data directory. */
  readonly certificate?: CertificateFiles | undefined
  readonly dataDirectory: string
  readonly server: string
  readonly log: Log
  readonly clock: Clock
}

/** PORT_IN_USE, ADDRESS_NOT_USABLE, BAD_CERTIFICATE. */
export function openSecureHost(options: SecureHostOptions): Promise<SecurePort> {
  const { port, listen, certificate, dataDirectory, server, log, clock } = options
  const source = certificate ? givenCertificate(certificate, clock) : ownCertificate(dataDirectory, clock)
  return openSecurePort({ ...secureDoor(options), source, port, listen, server, log })
}
