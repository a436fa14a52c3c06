// The buttons: commands without parameters, each answered by 204. Source: docs/protocol/dacp-control.md, section 2.

import type { Player } from '../../player/index.ts'
import type { EndpointName } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { causeOf } from './cause.ts'

type Command = (player: Player, cause: string) => Promise<void> | void

/** One tap, of 100; as OwnTone. */
const volumeStep = 5
/** Commands that start from what is now: two taps at once must count as two. */
const relative: ReadonlySet<string> = new Set(['volumeup', 'volumedown', 'mutetoggle', 'shuffleSongs'])
/** The last relative command of each player, done or not. */
const lastTurns = new WeakMap<Player, Promise<void>>()
/** The volume before it was muted. */
const volumeBefore = new WeakMap<Player, number>()

const commands = {
  play: (player, cause) => player.play(cause),
  pause: (player, cause) => player.pause(cause),
  playpause: (player, cause) => player.toggle(cause),
  // A real pause, as the name says, where OwnTone toggles.
  discretePause: (player, cause) => player.pause(cause),
  stop: (player, cause) => player.stop(cause),
  nextitem: (player, cause) => player.next(cause),
  previtem: (player, cause) => player.previous(cause),
  volumeup: (player, cause) =>
    player.setVolume(Math.min(100, player.state.volumePercent + volumeStep), cause),
  volumedown: (player, cause) =>
    player.setVolume(Math.max(0, player.state.volumePercent - volumeStep), cause),
  mutetoggle: toggleMute,
  shuffleSongs: (player, cause) => player.setShuffle(!player.state.isShuffled, cause),
  // Accepted without effect: a library plays music at its own speed.
  beginff: () => {},
  beginrew: () => {},
  playresume: () => {},
} as const satisfies Partial<Record<EndpointName, Command>>

function toggleMute(player: Player, cause: string): Promise<void> {
  const { volumePercent } = player.state
  if (volumePercent === 0) return player.setVolume(volumeBefore.get(player) ?? 50, cause)
  volumeBefore.set(player, volumePercent)
  return player.setVolume(0, cause)
}

/** In the words of a person, for the cause. */
const words: Partial<Record<keyof typeof commands, string>> = {
  playpause: 'play or pause',
  discretePause: 'pause',
  nextitem: 'next',
  previtem: 'previous',
  volumeup: 'louder',
  volumedown: 'quieter',
  mutetoggle: 'mute',
  shuffleSongs: 'shuffle',
}

function endpointOf(name: keyof typeof commands): Endpoint {
  const command: Command = relative.has(name) ? inTurn(commands[name]) : commands[name]
  return async (context) => {
    await command(context.player, causeOf(context, words[name] ?? name))
    return 'no content' as const
  }
}

/** Begins once the one before it has ended, however it did. */
function inTurn(command: Command): Command {
  return (player, cause) => {
    const before = lastTurns.get(player) ?? Promise.resolve()
    const turn = before.catch(() => {}).then(() => command(player, cause))
    lastTurns.set(player, turn)
    return turn
  }
}

export const transport = Object.fromEntries(
  (Object.keys(commands) as (keyof typeof commands)[]).map((name) => [name, endpointOf(name)]),
) as Record<keyof typeof commands, Endpoint>
