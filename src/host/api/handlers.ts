// One function per route of protocol/api.ts, of the same name.

import type { ApiRoutes } from '../../protocol/index.ts'
import type { HandlersOf } from './call.ts'
import { healthHandlers } from './health-handlers.ts'
import { libraryHandlers } from './library-handlers.ts'
import { outsideHandlers } from './outside-handlers.ts'
import { ownerHandlers } from './owner-handlers.ts'
import { playerHandlers } from './player-handlers.ts'
import { streamHandlers } from './stream-handlers.ts'

export const handlers: HandlersOf<ApiRoutes> = {
  ...ownerHandlers,
  ...libraryHandlers,
  ...playerHandlers,
  ...streamHandlers,
  ...outsideHandlers,
  ...healthHandlers,
}
