// Loads the API when it is first asked for: its schemas are as many modules as all the rest of the program, and phones
// that speak DAAP and DACP alone never need them.

import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { ApiParts } from './api/api-parts.ts'
import type { Api } from './api/index.ts'
import type { HostRequest, HostResponse, Target } from './http/http-message.ts'

export interface LazyApi {
  answer(request: HostRequest, target: Target): Promise<HostResponse>
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void
  close(): Promise<void>
}

export function lazyApi(parts: ApiParts): LazyApi {
  let loading: Promise<Api> | undefined

  async function load(): Promise<Api> {
    const { createApi } = await import('./api/index.ts')
    return createApi(parts)
  }

  const api = () =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined // no descriptor left, say: the next who asks may have more luck
      throw error
    }))

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
    async close() {
      const loaded = await loading?.catch(() => undefined)
      loaded?.close()
    },
  }
}
