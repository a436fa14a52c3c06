// Who may log in, and who needs no session: paired remotes, the owner, plain players under --share, speakers.

import { KnownError } from '../../errors.ts'
import type { Pairings } from '../pairing/pairings.ts'
import type { Attempts } from './attempts.ts'
import { bearerOf, isBasicPassword, isSameSecret } from './secrets.ts'
import type { Visitor } from './sessions.ts'

/** What --share says: nobody, everyone, or who knows the password. */
export type Share = 'none' | 'open' | { readonly password: string }

export interface Login {
  readonly guid: bigint | undefined
  readonly authorization: string | undefined
  readonly address: string
}

export interface Visitors {
  /** NOT_PAIRED, PASSWORD_NEEDED, NOT_OWNER or TOO_MANY_ATTEMPTS when nobody may come in so. */
  welcome(login: Login): Visitor
  isOwner(authorization: string | undefined): boolean
  /** NOT_OWNER; TOO_MANY_ATTEMPTS for who keeps trying tokens. */
  checkOwner(authorization: string | undefined, address: string): void
  /** For requests without a session: NO_SESSION unless sharing has a password and this is it; PASSWORD_NEEDED then. */
  checkSharePassword(authorization: string | undefined, address: string): void
  /** Which speaker asks, by the number that it was given when the stream to it began; undefined: none of ours. */
  speakerOf(activeRemote: string | undefined): Speaker | undefined
}

export interface Speaker {
  /** The player's output that it is. */
  readonly outputId: string
}

export interface ActiveRemote extends Speaker {
  /** `Active-Remote`: random, unsigned 32-bit, decimal. */
  readonly number: string
}

export interface VisitorRules {
  readonly pairings: Pairings
  readonly attempts: Attempts
  readonly ownerToken: string
  readonly share: Share
  /** Numbers given to speakers that play now. */
  activeRemotes(): readonly ActiveRemote[]
}

export function createVisitors({
  pairings,
  attempts,
  ownerToken,
  share,
  activeRemotes,
}: VisitorRules): Visitors {
  function isOwner(authorization: string | undefined): boolean {
    const token = bearerOf(authorization)
    return token !== undefined && isSameSecret(token, ownerToken)
  }

  function checkOwner(authorization: string | undefined, address: string): void {
    if (isOwner(authorization)) return
    if (bearerOf(authorization) !== undefined) {
      attempts.check(address)
      attempts.fail(address)
    }
    throw new KnownError('NOT_OWNER')
  }

  function checkPassword(authorization: string | undefined, address: string, password: string): void {
    attempts.check(address)
    if (isBasicPassword(authorization, password)) return
    // Asking without a password is how every player begins; it is no attempt.
    if (authorization !== undefined) attempts.fail(address)
    throw new KnownError('PASSWORD_NEEDED')
  }

  return {
    isOwner,
    checkOwner,
    welcome({ guid, authorization, address }) {
      if (guid !== undefined) {
        const pairing = pairings.find(guid)
        if (pairing) return { kind: 'remote', guid, name: pairing.name, address }
        attempts.check(address)
        attempts.fail(address)
        throw new KnownError('NOT_PAIRED')
      }
      if (bearerOf(authorization) !== undefined) {
        checkOwner(authorization, address)
        return { kind: 'owner', guid: undefined, name: 'owner', address }
      }
      if (share === 'none') throw new KnownError('NOT_PAIRED')
      if (share !== 'open') checkPassword(authorization, address, share.password)
      return { kind: 'player', guid: undefined, name: 'player', address }
    },
    checkSharePassword(authorization, address) {
      if (typeof share === 'string') throw new KnownError('NO_SESSION')
      checkPassword(authorization, address, share.password)
    },
    speakerOf(activeRemote) {
      if (activeRemote === undefined) return undefined
      // All of them are compared, so that the time it takes tells nothing.
      return activeRemotes().filter(({ number }) => isSameSecret(activeRemote, number))[0]
    },
  }
}
