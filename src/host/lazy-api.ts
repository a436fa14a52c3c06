// Loads the API when it is first asked for, or a moment after the first login: its schemas take longer to load than
// all the rest, and no phone waits for them.

import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { ApiParts } from './api/api-parts.ts'
import type { Api } from './api/index.ts'
import type { HostRequest, HostResponse, Target } from './http-message.ts'

export interface LazyApi {
  answer(request: HostRequest, target: Target): Promise<HostResponse>
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void
  /** Loads it soon, without being asked; once. */
  warmUp(): void
  close(): Promise<void>
}

/** After the first remotes have had their answers. */
const warmUpMs = 1500

export function lazyApi(parts: ApiParts): LazyApi {
  let loading: Promise<Api> | undefined
  let timer: NodeJS.Timeout | undefined

  async function load(): Promise<Api> {
    const { createApi } = await import('./api/index.ts')
    return createApi(parts)
  }

  const api = () => (loading ??= load())

  return {
    answer: async (request, target) => (await api()).answer(request, target),
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy())
      api().then(
        (loaded) => loaded.upgrade(request, socket, head),
        (error: unknown) => {
          parts.log.error('the API could not be loaded', { error })
          socket.destroy()
        },
      )
    },
    warmUp() {
      timer ??= setTimeout(() => {
        api().catch((error: unknown) => parts.log.error('the API could not be loaded', { error }))
      }, warmUpMs)
      timer.unref()
    },
    async close() {
      clearTimeout(timer)
      const loaded = await loading?.catch(() => undefined)
      loaded?.close()
    },
  }
}
