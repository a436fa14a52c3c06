// The buttons: commands without parameters, each answered by 204. A speaker's volume and mute are its own.
// Source: docs/protocol/dacp-control.md, sections 2 and 11.

import type { Player } from '../../player/index.ts'
import type { EndpointName } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'
import { causeOf } from './cause.ts'

/** `outputId`: of the speaker that asks, for what is about itself; undefined for remotes. */
type Command = (player: Player, cause: string, outputId: string | undefined) => Promise<void>

/** One tap, of 100; as OwnTone. */
const volumeStep = 5

const commands = {
  play: (player, cause) => player.play(cause),
  pause: (player, cause) => player.pause(cause),
  playpause: (player, cause) => player.toggle(cause),
  // A real pause, as the name says, where OwnTone toggles.
  discretePause: (player, cause) => player.pause(cause),
  stop: (player, cause) => player.stop(cause),
  nextitem: (player, cause) => player.next(cause),
  previtem: (player, cause) => player.previous(cause),
  volumeup: (player, cause, outputId) => player.changeVolume(volumeStep, cause, outputId),
  volumedown: (player, cause, outputId) => player.changeVolume(-volumeStep, cause, outputId),
  mutetoggle: (player, cause, outputId) => player.toggleMute(cause, outputId),
  shuffleSongs: (player, cause) => player.toggleShuffle(cause),
  beginff: (player, cause) => player.wind('forward', cause),
  beginrew: (player, cause) => player.wind('back', cause),
  playresume: (player, cause) => player.endWind(cause),
} as const satisfies Partial<Record<EndpointName, Command>>

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
  beginff: 'wind forward',
  beginrew: 'wind back',
  playresume: 'let go',
}

function endpointOf(name: keyof typeof commands): Endpoint {
  const command: Command = commands[name]
  return async (context) => {
    await command(context.player, causeOf(context, words[name] ?? name), context.speaker?.outputId)
    return 'no content' as const
  }
}

export const transport = Object.fromEntries(
  (Object.keys(commands) as (keyof typeof commands)[]).map((name) => [name, endpointOf(name)]),
) as Record<keyof typeof commands, Endpoint>
