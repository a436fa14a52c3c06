// How loud the whole is: set, stepped, dragged, muted. Single speakers: speakers.ts.

import { child } from '../../protocol/index.ts'
import type { HostSession } from '../talk/session.ts'
import type { CommandListener, CommandOptions } from './control.ts'
import { makeSlider, type Slider } from './slider.ts'

/** A step where the host has none of its own; as OwnTone's. */
const stepPercent = 5
/** After a mute that another remote has made, on hosts that do not remember: heard, and nobody jumps. */
const quietPercent = 20

export function changingLoudness(session: HostSession, afterCommand: CommandListener) {
  const { quirks } = session.facts
  let beforeMutePercent = quietPercent

  async function volume({ signal }: CommandOptions = {}): Promise<number> {
    const tree = await session.tree('getproperty', 'cmgt', {}, [['properties', 'dmcp.volume']], { signal })
    return child(tree, 'cmvo') ?? 0
  }

  async function setVolume(percent: number, { signal }: CommandOptions = {}): Promise<void> {
    await session.command('setproperty', [['dmcp.volume', String(clippedPercent(percent))]], { signal })
    afterCommand()
  }

  async function step(name: 'volumeup' | 'volumedown', options: CommandOptions = {}): Promise<void> {
    if (!quirks.hasVolumeSteps) {
      const by = name === 'volumeup' ? stepPercent : -stepPercent
      return setVolume((await volume(options)) + by, options)
    }
    await session.command(name, [], options)
    afterCommand()
  }

  return {
    /** Of the whole, 0 to 100. */
    volume,
    /** Of the whole, 0 to 100. */
    setVolume,
    /** One step; two at once are two steps where the host counts them itself. */
    louder: (options?: CommandOptions) => step('volumeup', options),
    quieter: (options?: CommandOptions) => step('volumedown', options),
    /** For a control that is dragged. */
    volumeSlider: (): Slider => makeSlider((percent) => setVolume(percent), session.clock),
    /** Silent, or as loud as before. */
    async toggleMute(options: CommandOptions = {}): Promise<void> {
      if (quirks.hasMute) {
        await session.command('mutetoggle', [], options)
        return afterCommand()
      }
      const percent = await volume(options)
      if (percent > 0) beforeMutePercent = percent
      await setVolume(percent > 0 ? 0 : beforeMutePercent, options)
    },
  }
}

function clippedPercent(percent: number): number {
  return Math.min(100, Math.max(0, Math.round(percent)))
}
