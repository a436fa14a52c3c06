// Writes a self-signed certificate. Loaded only when one is due: the library behind it takes a while to load.

import 'reflect-metadata' // the library's own condition
import { createPrivateKey, createPublicKey } from 'node:crypto'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

export interface CertificateRequest {
  /** EC P-256, PKCS#8. */
  readonly keyPem: string
  /** DNS names under which the host can be met. */
  readonly names: readonly string[]
  readonly notBeforeMs: number
  readonly notAfterMs: number
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** PEM. Remotes know the key by its fingerprint; the names are for whoever reads it. */
export async function makeCertificate(request: CertificateRequest): Promise<string> {
  const privateDer = createPrivateKey(request.keyPem).export({ type: 'pkcs8', format: 'der' })
  const publicDer = createPublicKey(request.keyPem).export({ type: 'spki', format: 'der' })
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Tonearm',
      keys: {
        privateKey: await crypto.subtle.importKey('pkcs8', new Uint8Array(privateDer), algorithm, false, [
          'sign',
        ]),
        publicKey: await crypto.subtle.importKey('spki', new Uint8Array(publicDer), algorithm, true, [
          'verify',
        ]),
      },
      signingAlgorithm: algorithm,
      notBefore: new Date(request.notBeforeMs),
      notAfter: new Date(request.notAfterMs),
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(request.names.map((value) => ({ type: 'dns' as const, value }))),
      ],
    },
    crypto,
  )
  return certificate.toString('pem')
}
