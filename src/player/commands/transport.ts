// Play, pause, next …: what the buttons do, and what sets how it plays.

import { KnownError } from '../../errors.ts'
import type { PlayerCore } from '../core.ts'
import * as queues from '../queue/index.ts'
import type { Player } from '../types.ts'

/** Under this much played, "previous" means the song before. */
const restartAfterMs = 3000

type Transport = Pick<
  Player,
  | 'play'
  | 'pause'
  | 'toggle'
  | 'stop'
  | 'next'
  | 'previous'
  | 'seek'
  | 'wind'
  | 'endWind'
  | 'setSleepTimer'
  | 'setReplayGain'
>

export function transportOf(core: PlayerCore): Transport {
  return {
    play(cause) {
      return core.transport(cause, () => core.playback.resume(cause))
    },

    pause(cause) {
      return core.transport(cause, () => core.playback.pause(cause))
    },

    toggle(cause) {
      return core.transport(cause, (wasWound) =>
        wasWound || core.playback.state === 'playing'
          ? core.playback.pause(cause)
          : core.playback.resume(cause),
      )
    },

    stop(cause) {
      return core.transport(cause, async () => {
        if (core.playback.state !== 'stopped') await core.playback.stop(cause)
      })
    },

    next(cause) {
      return core.transport(cause, () => {
        core.playback.countSkip()
        return core.playback.start(queues.advance(core.queue, 'asked', core.chance), cause)
      })
    },

    previous(cause) {
      return core.transport(cause, () => {
        const isEarly = core.playback.state === 'stopped' || core.positionMs() < restartAfterMs
        const before = isEarly ? queues.goBack(core.queue) : undefined
        return core.playback.start(before ?? core.queue, cause)
      })
    },

    seek(positionMs, cause) {
      return core.transport(cause, () => core.playback.seek(positionMs, cause))
    },

    wind(direction, cause) {
      return core.turns.take(async () => {
        if (core.queue.current === undefined) throw new KnownError('NOTHING_TO_PLAY')
        if (core.playback.state === 'stopped')
          await core.playback.start(core.queue, cause, { isPaused: true })
        const wasPlaying = core.winder.wind?.wasPlaying ?? core.playback.state === 'playing'
        core.winder.begin({ direction, wasPlaying, cause })
        core.commit(cause)
      })
    },

    endWind(cause) {
      return core.turns.take(() => core.letGo(cause))
    },

    setSleepTimer(timer, cause) {
      return core.turns.take(async () => {
        if (timer === 'endOfSong' && core.queue.current === undefined) throw new KnownError('NOTHING_TO_PLAY')
        core.sleep.set(timer)
        await core.mixer.fade(1)
        await core.playback.replan()
        core.commit(cause)
      })
    },

    setReplayGain(mode, cause) {
      return core.turns.take(() => {
        core.replayGain = mode
        return core.playback.changeGains(cause)
      })
    },
  }
}
