// Which outputs are on and how loud they are.

import type { PlayerCore } from '../core.ts'
import type { Player } from '../types.ts'

type OutputCommands = Pick<
  Player,
  | 'setVolume'
  | 'changeVolume'
  | 'toggleMute'
  | 'setOutputs'
  | 'switchOutput'
  | 'setOutputVolume'
  | 'setOutputLoudness'
  | 'takeOutputLoudness'
  | 'addGuest'
  | 'removeGuest'
>

export function outputCommands(core: PlayerCore): OutputCommands {
  /** Everybody is told how loud it is while the audio thread still hears of it. */
  function mix(cause: string, work: () => Promise<void>): Promise<void> {
    return core.turns.take(async () => {
      const heard = work()
      core.commit(cause)
      await heard
    })
  }

  async function switchTo(ids: readonly string[], cause: string): Promise<void> {
    await core.mixer.setOutputs(ids)
    core.commit(cause)
    if (core.mixer.areAllInTrouble) await core.playback.pause(cause)
  }

  return {
    setVolume(percent, cause) {
      return mix(cause, () => core.mixer.setVolume(percent))
    },

    changeVolume(byPercent, cause, outputId) {
      return mix(cause, () => core.mixer.changeVolume(byPercent, outputId))
    },

    toggleMute(cause, outputId) {
      return mix(cause, () => core.mixer.toggleMute(outputId))
    },

    setOutputVolume(id, relativeVolumePercent, cause) {
      return mix(cause, () => core.mixer.setOutputVolume(id, relativeVolumePercent))
    },

    setOutputLoudness(id, percent, cause) {
      return mix(cause, () => core.mixer.setLoudness(id, percent))
    },

    takeOutputLoudness(id, percent, cause) {
      return mix(cause, () => core.mixer.setLoudness(id, percent, true))
    },

    setOutputs(ids, cause) {
      return core.turns.take(() => switchTo(ids, cause))
    },

    addGuest(guest, cause) {
      return mix(cause, () => core.mixer.addGuest(guest))
    },

    removeGuest(id, cause) {
      return core.turns.take(async () => {
        if (!core.mixer.speakers.some((speaker) => speaker.id === id && speaker.isGuest)) return
        await core.mixer.removeGuest(id)
        core.commit(cause)
        if (core.mixer.areAllInTrouble) await core.playback.pause(cause)
      })
    },

    switchOutput(id, isOn, cause) {
      return core.turns.take(() => {
        const others = core.mixer.speakers.filter((speaker) => speaker.isOn && speaker.id !== id)
        const ids = others.map((speaker) => speaker.id)
        return switchTo(isOn ? [...ids, id] : ids, cause)
      })
    },
  }
}
