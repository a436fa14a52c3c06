// How two relays know each other: a code that is shown once makes them friends, a key of their own keeps them so.

import { createHash, hkdfSync, randomBytes } from 'node:crypto'

export interface LinkKey {
  /** Said in clear when connecting; it is no secret. */
  readonly id: string
  /** 32 bytes, known to these two relays only. */
  readonly key: Uint8Array
}

export interface LinkKeys {
  find(id: string): LinkKey | undefined
  /** Durable when it returns. `address` when we are the one who calls. */
  add(key: LinkKey, address?: string): void
  /** The key for the relay that is called at this address. */
  at(address: string): LinkKey | undefined
}

/** What a caller says who has only a code. */
export const inviteId = 'invite'
/** Without letters that are taken for each other (Crockford's base 32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLetters = 16

/** 80 bits as four groups of four letters: nobody guesses it, and anybody can type it. */
export function newCode(): string {
  const text = Array.from(randomBytes(codeLetters), (byte) => letters[byte % 32]).join('')
  return text.replaceAll(/.{4}(?=.)/g, '$&-')
}

/** The key that a code stands for until both have one of their own; undefined when it cannot be a code. */
export function keyOfCode(typed: string): LinkKey | undefined {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (plain.length !== codeLetters || [...plain].some((letter) => !letters.includes(letter))) return undefined
  return { id: inviteId, key: new Uint8Array(hkdfSync('sha256', plain, '', 'tonearm relay code', 32)) }
}

/** From what both ends of one connection know and nobody else. */
export function keyOfConnection(material: Uint8Array): LinkKey {
  return { id: createHash('sha256').update('id').update(material).digest('hex').slice(0, 16), key: material }
}
