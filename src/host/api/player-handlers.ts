import { KnownError } from '../../errors.ts'
import type { EntryToQueue } from '../../player/index.ts'
import type { playerRoutes } from '../../protocol/api.ts'
import { named } from '../dacp/play-options.ts'
import type { ApiParts } from './api-parts.ts'
import type { HandlersOf } from './call.ts'
import { queueEntriesOf } from './queue-entries.ts'
import { outputOf, revisionsOf, songOf, stateOf } from './shapes.ts'

/** Entries of the queue, and similar songs, when no limit is named. */
const ordinaryLimit = 50

export const playerHandlers: HandlersOf<typeof playerRoutes> = {
  playback({ parts }) {
    return stateOf(parts)
  },

  async setSleepTimer({ body: { afterMs }, who, parts }) {
    if (afterMs === undefined) await parts.player.setSleepTimer('endOfSong', `${who}: sleep after this song`)
    else await parts.player.setSleepTimer({ afterMs }, `${who}: sleep in ${spanText(afterMs)}`)
    return stateOf(parts)
  },

  async clearSleepTimer({ who, parts }) {
    await parts.player.setSleepTimer(undefined, `${who}: no sleep timer`)
    return stateOf(parts)
  },

  async setReplayGain({ body: { mode }, who, parts }) {
    await parts.player.setReplayGain(mode, `${who}: ReplayGain ${mode}`)
    return stateOf(parts)
  },

  queue({ query: { part = 'upNext', offset = 0, limit = ordinaryLimit }, parts }) {
    const { contextName, undoable, queueRevision } = parts.player.state
    return {
      ...revisionsOf(parts),
      queueRevision,
      contextName: contextName ?? null,
      undoable: undoable ?? null,
      ...queueEntriesOf(parts, part, offset, limit),
    }
  },

  async setQueue({ body, who, parts }) {
    const { songIds, startIndex = 0, keepsUpNext = false, ...others } = body
    if (startIndex >= songIds.length) throw new KnownError('NOT_FOUND', { startIndex })
    if (keepsUpNext) {
      const options = { startIndex, ...named(others.contextName) }
      await parts.player.playNow(entriesOf(songIds, parts), options, `${who}: play`)
      return stateOf(parts)
    }
    await parts.player.setQueue(
      { entries: entriesOf(songIds, parts), startIndex, ...others },
      `${who}: set queue`,
    )
    return stateOf(parts)
  },

  async addToQueue({ body: { songIds, place }, who, parts }) {
    const what = place === 'next' ? 'play next' : 'add'
    await parts.player.add(entriesOf(songIds, parts), place, `${who}: ${what}`)
    return stateOf(parts)
  },

  async playQueueEntry({ body, who, parts }) {
    await parts.player.playEntry(body.entryId, `${who}: play`)
    return stateOf(parts)
  },

  async moveQueueEntry({ body, who, parts }) {
    await parts.player.moveEntry(body.entryId, body.behindEntryId, `${who}: move`)
    return stateOf(parts)
  },

  async removeQueueEntries({ body, who, parts }) {
    await parts.player.removeEntries(body.entryIds, `${who}: remove`)
    return stateOf(parts)
  },

  async undoQueueEdit({ who, parts }) {
    await parts.player.undo(`${who}: undo`)
    return stateOf(parts)
  },

  outputs({ parts }) {
    const { volumePercent, outputs } = parts.player.state
    return {
      ...revisionsOf(parts),
      volumePercent,
      outputs: outputs.map((output) => outputOf(output, volumePercent)),
    }
  },

  async muteOutput({ body: { outputId }, who, parts }) {
    await parts.player.toggleMute(`${who}: mute`, outputId)
    return stateOf(parts)
  },

  similarSongs({ params, query: { limit = ordinaryLimit }, parts: { library } }) {
    const songs = library.similarTo(Number(params['id']), limit)
    return { songs: songs.map(songOf), libraryRevision: library.view.revision }
  },
}

/** All of them are there, or NOT_FOUND names one that is not. */
function entriesOf(songIds: readonly number[], { library }: ApiParts): EntryToQueue[] {
  return songIds.map((songId) => {
    if (!library.view.song(songId)) throw new KnownError('NOT_FOUND', { song: songId })
    return { songId }
  })
}

function spanText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}
