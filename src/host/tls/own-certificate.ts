// The host's own certificate, in `tls/` of the data directory: one key for ever, a new certificate each year.
// Apple's clients refuse one that is valid for more than 825 days (stack notes), so it never is.

import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { readText, reasonOf, writeAtomically } from '../data/private-files.ts'
import { type TlsIdentitySource, tlsIdentity } from './tls-identity.ts'

const dayMs = 24 * 3600 * 1000
const renewedAfterMs = 365 * dayMs
const validMs = 397 * dayMs
/** Clocks differ. */
const backdatedMs = dayMs

/** DATA_DAMAGED when the key cannot be read; DATA_NOT_WRITABLE. */
export function ownCertificate(dataDirectory: string, clock: Clock): TlsIdentitySource {
  const folder = join(dataDirectory, 'tls')
  const keyFile = join(folder, 'key.pem')
  const certificateFile = join(folder, 'certificate.pem')

  return async () => {
    const key = readKey(keyFile) ?? makeKey(folder, keyFile)
    const kept = readText(certificateFile)
    if (kept !== undefined && isStillGood(kept, key, clock.wallMs())) return identityOf(key, kept)
    const { makeCertificate } = await import('./make-certificate.ts')
    const nowMs = clock.wallMs()
    const made = await makeCertificate({
      keyPem: pemOf(key),
      names: namesOfMachine(),
      notBeforeMs: nowMs - backdatedMs,
      notAfterMs: nowMs - backdatedMs + validMs,
    })
    writeAtomically(certificateFile, made)
    return identityOf(key, made)
  }
}

const identityOf = (key: KeyObject, certificate: string) => tlsIdentity(pemOf(key), certificate, true)

function readKey(file: string): KeyObject | undefined {
  const text = readText(file)
  if (text === undefined) return undefined
  try {
    const key = createPrivateKey(text)
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key
  } catch (error) {
    throw new KnownError('DATA_DAMAGED', { file, reason: reasonOf(error) }, error)
  }
  // Never replaced by itself: every remote outside holds its fingerprint.
  throw new KnownError('DATA_DAMAGED', { file, reason: 'it is no key of the curve P-256' })
}

function makeKey(folder: string, file: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  try {
    mkdirSync(folder, { mode: 0o700, recursive: true })
  } catch (error) {
    throw new KnownError('DATA_NOT_WRITABLE', { path: folder, reason: reasonOf(error) }, error)
  }
  writeAtomically(file, pemOf(privateKey))
  return privateKey
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string
}

/** Made for this key, not too old, and not from the future: then a clock was wrong when it was made. */
function isStillGood(pem: string, key: KeyObject, nowMs: number): boolean {
  try {
    const certificate = new X509Certificate(pem)
    const ageMs = nowMs - certificate.validFromDate.getTime()
    return certificate.checkPrivateKey(key) && ageMs >= 0 && ageMs < renewedAfterMs
  } catch {
    return false // damaged: another one under the same key is as good
  }
}

function namesOfMachine(): string[] {
  const name = hostname()
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')
  return [...new Set(['tonearm.local', name])].filter((text) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text))
}
