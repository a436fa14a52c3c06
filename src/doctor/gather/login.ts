// Whether the host still knows this remote: a login, and a logout.

import { KnownError } from '../../errors.ts'
import { connectRemote, type HostAddress } from '../../remote/node.ts'

export type Login = 'welcome' | 'refused' | 'failed'

export async function tryLogin(address: HostAddress, guid: string, signal: AbortSignal): Promise<Login> {
  try {
    const remote = await connectRemote({ address, guid, signal })
    await remote.close()
    return 'welcome'
  } catch (error) {
    return error instanceof KnownError && error.code === 'NOT_PAIRED' ? 'refused' : 'failed'
  }
}
