// Remembers a host that was just paired with, and what one needs to know of it when it sleeps or is far away.

import { systemClock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import {
  connectRemote,
  type KnownHost,
  learnedMacAddresses,
  type Remote,
  readMemory,
  remembered,
  writeMemory,
} from '../../remote/node.ts'

/** The host writes the pairing down once it has our answer: perhaps not yet. */
const triesUntilWritten = 5
const pauseMs = 200

/** The pairing is kept first of all. */
export async function keepPairing(directory: string, known: KnownHost): Promise<void> {
  writeMemory(directory, remembered(readMemory(directory), known))
  const told = await askAtHome(known)
  if (told) writeMemory(directory, remembered(readMemory(directory), { ...known, ...told }))
}

/** Whoever pairs again takes the certificate of now. */
async function askAtHome(known: KnownHost): Promise<Partial<KnownHost> | undefined> {
  try {
    const remote = await connectOnceWritten(known)
    const way = await remote.wayFromOutside()
    const told = remote.host.macAddresses
    const macAddresses = told.length > 0 ? told : await learnedMacAddresses(known.address)
    await remote.close()
    return { macAddresses, ...(way?.isOwn && { outside: { certificate: way.fingerprint } }) }
  } catch (error) {
    if (error instanceof KnownError) return undefined // asked again at the next command
    throw error
  }
}

async function connectOnceWritten({ address, guid }: KnownHost): Promise<Remote> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await connectRemote({ address, guid })
    } catch (error) {
      const isEarly = error instanceof KnownError && error.code === 'NOT_PAIRED'
      if (!isEarly || tries === triesUntilWritten) throw error
      await systemClock.until(systemClock.nowMs() + pauseMs)
    }
  }
}
