// The host that runs from this data directory, and how its owner reaches it.

import { KnownError } from '../../errors.ts'
import {
  dataDirectoryPath,
  type RunningHost,
  readOwnerToken,
  readRunningHost,
} from '../../host/running-host.ts'
import { connectRemote, type HostAddress, parseAddress, type Remote } from '../../remote/node.ts'

export interface OwnHost extends RunningHost {
  readonly address: HostAddress
  readonly ownerToken: string
}

/** `--data`, TONEARM_DATA, or the platform's place. */
export function dataDirectory(flag: string | undefined): string {
  return dataDirectoryPath(flag)
}

/** As it said when it started; it may have died since. */
export function ownHost(directory: string): OwnHost | undefined {
  const running = readRunningHost(directory)
  const ownerToken = readOwnerToken(directory)
  if (!running || !ownerToken || typeof running.url !== 'string') return undefined
  return { ...running, address: parseAddress(running.url), ownerToken }
}

/** NO_RUNNING_HOST when none runs, or the one that did has died; HOST_GONE when it does not answer. */
async function connectToOwnHost(directory: string, signal: AbortSignal): Promise<Remote> {
  const host = ownHost(directory)
  if (!host) throw new KnownError('NO_RUNNING_HOST', { data: directory })
  try {
    return await connectRemote({ address: host.address, ownerToken: host.ownerToken, signal })
  } catch (error) {
    // One that hangs runs, and starting another would not help.
    if (error instanceof KnownError && error.code === 'HOST_GONE' && !isAlive(host.pid))
      throw new KnownError('NO_RUNNING_HOST', { data: directory }, error)
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // another user's
  }
}

/** For `open`, `accept` and `pairings`: what only its owner may do. */
export async function withOwnHost<Result>(
  directory: string,
  signal: AbortSignal,
  work: (remote: Remote) => Promise<Result>,
): Promise<Result> {
  const remote = await connectToOwnHost(directory, signal)
  try {
    return await work(remote)
  } finally {
    await remote.close()
  }
}
