// What discovery needs of the machine's network: its links, packets in, packets out.

import type { Link, Sender } from './link.ts'

export interface Network {
  /** Whether a unicast answer to port 5353 reaches us, whoever else on this machine listens there now. */
  asksForUnicast(): boolean
  /** The links there are now. */
  links(): readonly Link[]
  /** Opens what these links need and closes the rest; what fails is logged and tried again at the next call. */
  follow(links: readonly Link[]): Promise<void>
  /** To the multicast groups of the link, if it has any, or to one address. Never throws: a lost packet is ordinary. */
  send(link: string, bytes: Uint8Array, to?: Sender): void
  /**
   * Sends a plain DNS question to the groups of the link, as any other program would; true once the answer of the same
   * id is back in each family that the link has, false when it is not within three seconds.
   */
  isHeard(link: string, question: Uint8Array): Promise<boolean>
  /** Closes every socket, for `follow` to open anew. */
  reset(): void
  /** Waits until what was sent has left. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** `isUnicast`: to our own address; false when it came to all, and where the system does not tell. */
export type PacketHandler = (bytes: Uint8Array, from: Sender, isUnicast: boolean) => void

export const multicastGroups = { IPv4: '224.0.0.251', IPv6: 'ff02::fb' } as const
export const multicastPort = 5353
