// The screen's part of a remote. Few hosts have one, so what speaks to it is loaded when it is used.

import type { CommandListener } from '../playing/control.ts'
import type { HostSession } from '../talk/session.ts'
import type { steeringScreen as Steering } from './screen.ts'

type Screen = ReturnType<typeof Steering>

export function steeringScreen(session: HostSession, afterCommand: CommandListener): Screen {
  let loading: Promise<Screen> | undefined
  const screen = (): Promise<Screen> => {
    loading ??= import('./screen.ts').then((part) => part.steeringScreen(session, afterCommand))
    return loading
  }
  return {
    pressKey: async (...call) => (await screen()).pressKey(...call),
    touch: async (...call) => (await screen()).touch(...call),
    typeText: async (...call) => (await screen()).typeText(...call),
    async *screenPrompts(...call) {
      yield* (await screen()).screenPrompts(...call)
    },
  }
}
