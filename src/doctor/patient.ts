// Whom an examination is about.

import type { HostAddress, KnownHost } from '../remote/node.ts'

export interface Patient {
  /** As a person calls it: a visible name, or an address as it was typed. */
  readonly name: string
  /** Where it should be: typed, or where it was last. */
  readonly address?: HostAddress | undefined
  readonly known?: KnownHost | undefined
  /** The way to it from outside: a tls:// address, and what is held of the certificate there, if anything is. */
  readonly outside?:
    | { readonly address?: string | undefined; readonly certificate?: string | undefined }
    | undefined
  /** It runs on this machine, from this data directory. */
  readonly isOwn?: boolean
}
