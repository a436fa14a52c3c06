import type { outsideRoutes } from '../../protocol/api.ts'
import type { HandlersOf } from './call.ts'
import { neighbourOf } from './shapes.ts'

export const outsideHandlers: HandlersOf<typeof outsideRoutes> = {
  outside({ parts }) {
    return { secure: parts.secure() ?? null }
  },

  neighbours({ parts }) {
    return { hosts: parts.neighbours.list().map(neighbourOf) }
  },

  async wakeNeighbour({ body, parts }) {
    const { host, packets } = await parts.neighbours.wake(body.host)
    return { host: neighbourOf(host), packets }
  },
}
