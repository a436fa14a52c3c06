// The music that plays, put together: what is inside, and the commands of `Player` in three groups.

import { outputCommands } from './commands/output-commands.ts'
import { queueCommands } from './commands/queue-commands.ts'
import { transportOf } from './commands/transport.ts'
import { PlayerCore, type PlayerOptions } from './core.ts'
import type { Player } from './types.ts'

/** Queue, position and volume as they were, paused. */
export async function openPlayer(options: PlayerOptions): Promise<Player> {
  const core = new PlayerCore(options)
  core.begin()
  return {
    get state() {
      return core.state
    },
    positionMs: () => core.positionMs(),
    warm: () => core.warm(),
    changedSince: (revision, signal) => core.board.changedSince(revision, signal),
    onceChanged: (tell) => core.board.onceChanged(tell),
    ...transportOf(core),
    ...queueCommands(core),
    ...outputCommands(core),
    close: () => core.close(),
  }
}
