// The commands that take nothing: pause, toggle, stop, next, previous. Each shows what it led to.

import type { Command } from 'commander'
import type { Remote } from '../../remote/node.ts'
import { doingWithRemote, newCommand } from '../command.ts'
import { showStatus } from './status.ts'

type Transport = 'pause' | 'toggle' | 'stop' | 'next' | 'previous'

function transportCommand(name: Transport, says: string): Command {
  return doingWithRemote(
    newCommand({ name, says, example: name, isData: true, isRemote: true }),
    async (remote: Remote, { options, signal }) => {
      await remote[name]({ signal })
      await showStatus(remote, options)
    },
  )
}

export const pauseCommand = transportCommand('pause', 'Pause; what is paused stays paused.')
export const toggleCommand = transportCommand('toggle', 'Pause what plays, play what is paused.')
export const stopCommand = transportCommand('stop', 'Stop.')
export const nextCommand = transportCommand('next', 'Play the next song.')
export const previousCommand = transportCommand(
  'previous',
  'Play the song before; or this one again, when it has played for some seconds.',
)
