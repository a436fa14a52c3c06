// A certificate that the owner gives by file, such as one of a public authority. Read anew when it is renewed there.

import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { reasonOf } from '../data/private-files.ts'
import { type TlsIdentity, type TlsIdentitySource, tlsIdentity } from './tls-identity.ts'

export interface CertificateFiles {
  /** PEM: the certificate first, those that vouch for it behind it. */
  readonly certificate: string
  /** PEM, without a passphrase. */
  readonly key: string
}

const longestFileBytes = 256 * 1024

/** BAD_CERTIFICATE names the file and what is wrong with it. */
export function givenCertificate(files: CertificateFiles, clock: Clock): TlsIdentitySource {
  return async () => {
    const certificate = read(files.certificate)
    const key = read(files.key)
    const identity = understood(files.certificate, () => tlsIdentity(key, certificate, false))
    const privateKey = understood(files.key, () => createPrivateKey(key))
    const x509 = new X509Certificate(certificate)
    if (!x509.checkPrivateKey(privateKey))
      throw new KnownError('BAD_CERTIFICATE', {
        file: files.key,
        reason: 'it belongs to another certificate',
      })
    if (x509.validToDate.getTime() < clock.wallMs())
      throw new KnownError('BAD_CERTIFICATE', {
        file: files.certificate,
        reason: `it ended on ${x509.validToDate.toISOString().slice(0, 10)}`,
      })
    return identity satisfies TlsIdentity
  }
}

function read(file: string): string {
  const text = understood(file, () => readFileSync(file, 'utf8'))
  if (text.length > longestFileBytes)
    throw new KnownError('BAD_CERTIFICATE', { file, reason: 'it is longer than any real one' })
  return text
}

function understood<Result>(file: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw new KnownError('BAD_CERTIFICATE', { file, reason: reasonOf(error) }, error)
  }
}
