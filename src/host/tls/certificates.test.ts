import assert from 'node:assert/strict'
import { createHash, createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Clock, systemClock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import { givenCertificate } from './given-certificate.ts'
import { makeCertificate } from './make-certificate.ts'
import { ownCertificate } from './own-certificate.ts'

const dayMs = 24 * 3600 * 1000
const start = Date.UTC(2026, 10, 26)
const at = (wallMs: number): Clock => ({ ...systemClock, wallMs: () => wallMs })
const fails = (code: string, reason: RegExp) => (error: unknown) =>
  error instanceof KnownError && error.code === code && reason.test(String(error.details['reason']))

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-tls-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

test('a host makes a certificate of its own that readers of certificates find no fault with', async (t) => {
  const folder = folderFor(t)

  const { certificate, fingerprint, isOwn } = await ownCertificate(folder, at(start))()

  const x509 = new X509Certificate(certificate)
  const key = createPrivateKey(readFileSync(join(folder, 'tls/key.pem')))
  assert.ok(x509.checkPrivateKey(key) && x509.verify(x509.publicKey))
  assert.equal(key.asymmetricKeyDetails?.namedCurve, 'prime256v1')
  assert.equal(x509.ca, false)
  assert.match(x509.subjectAltName ?? '', /DNS:tonearm\.local/)
  assert.ok(x509.validToDate.getTime() - x509.validFromDate.getTime() < 825 * dayMs)
  assert.ok(x509.validFromDate.getTime() < start && start < x509.validToDate.getTime())
  const spki = x509.publicKey.export({ type: 'spki', format: 'der' })
  assert.equal(fingerprint, `SHA256:${createHash('sha256').update(spki).digest('base64').slice(0, 43)}`)
  assert.equal(isOwn, true)
  for (const file of ['key.pem', 'certificate.pem'])
    assert.equal(statSync(join(folder, 'tls', file)).mode & 0o777, 0o600)
})

test('it stays for a year, then another one comes under the same key', async (t) => {
  const folder = folderFor(t)
  const first = await ownCertificate(folder, at(start))()

  const later = await ownCertificate(folder, at(start + 300 * dayMs))()
  const nextYear = await ownCertificate(folder, at(start + 366 * dayMs))()

  assert.equal(later.certificate, first.certificate)
  assert.notEqual(nextYear.certificate, first.certificate)
  assert.equal(nextYear.fingerprint, first.fingerprint)
  assert.equal(nextYear.key, first.key)
})

test('a damaged certificate is made anew, a damaged key is not: remotes hold it', async (t) => {
  const folder = folderFor(t)
  const first = await ownCertificate(folder, at(start))()

  writeFileSync(join(folder, 'tls/certificate.pem'), 'no certificate')
  const second = await ownCertificate(folder, at(start))()
  writeFileSync(join(folder, 'tls/key.pem'), 'no key')

  assert.equal(second.fingerprint, first.fingerprint)
  await assert.rejects(ownCertificate(folder, at(start))(), fails('DATA_DAMAGED', /./))
})

test('a certificate by file is used as it is, and read again when it was renewed', async (t) => {
  const folder = folderFor(t)
  const files = { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  await writePair(files)
  const source = givenCertificate(files, at(start))

  const first = await source()
  await writePair(files)
  const second = await source()

  assert.equal(first.isOwn, false)
  assert.notEqual(first.fingerprint, second.fingerprint)
  assert.equal(second.certificate, readFileSync(files.certificate, 'utf8'))
})

test('what cannot be used is refused, with the file and the reason', async (t) => {
  const folder = folderFor(t)
  const files = { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const given = (clock = at(start)) => givenCertificate(files, clock)()

  await assert.rejects(given(), fails('BAD_CERTIFICATE', /ENOENT/))
  await writePair(files)
  await assert.rejects(given(at(start + 1000 * dayMs)), fails('BAD_CERTIFICATE', /it ended on 2027/))
  writeFileSync(files.key, newKey())
  await assert.rejects(given(), fails('BAD_CERTIFICATE', /another certificate/))
  writeFileSync(files.key, 'x')
  await assert.rejects(given(), fails('BAD_CERTIFICATE', /./))
  writeFileSync(files.certificate, 'x'.repeat(300_000))
  await assert.rejects(given(), fails('BAD_CERTIFICATE', /longer than any/))
})

async function writePair(files: { certificate: string; key: string }): Promise<void> {
  const keyPem = newKey()
  const names = ['music.example.org']
  const validity = { notBeforeMs: start - dayMs, notAfterMs: start + 90 * dayMs }
  writeFileSync(files.key, keyPem)
  writeFileSync(files.certificate, await makeCertificate({ keyPem, names, ...validity }))
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
}
