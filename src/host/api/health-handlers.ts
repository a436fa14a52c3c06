import type { healthRoutes } from '../../protocol/api.ts'
import type { HandlersOf } from './call.ts'

export const healthHandlers: HandlersOf<typeof healthRoutes> = {
  doctor: ({ parts }) => parts.examination(),
}
