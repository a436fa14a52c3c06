// The host's values as the API says them.

import type { Clock } from '../../clock.ts'
import type { ScanProgress, Song } from '../../library/index.ts'
import { absoluteVolume, type OutputStatus, type PlayerState, type SleepTimer } from '../../player/index.ts'
import {
  type ApiAnswer,
  type ApiPairing,
  type ApiPlayback,
  type ApiRevisions,
  type ApiScanProgress,
  type ApiSong,
  hex64,
} from '../../protocol/index.ts'
import type { NeighbourHost } from '../network/neighbour-hosts.ts'
import type { Pairing } from '../pairing/pairings.ts'
import type { ApiParts } from './api-parts.ts'

export function revisionsOf({ library, player }: ApiParts): ApiRevisions {
  return { libraryRevision: library.view.revision, playRevision: player.state.revision }
}

export function songOf(song: Song): ApiSong {
  return {
    id: song.id,
    persistentId: hex64(song.persistentId),
    title: song.title,
    artist: song.artist,
    albumArtist: song.albumArtist,
    album: song.album,
    albumId: hex64(song.albumId),
    artistId: hex64(song.artistId),
    composer: song.composer,
    genre: song.genre,
    trackNumber: song.trackNumber,
    discNumber: song.discNumber,
    year: song.year,
    durationMs: Math.round(song.durationMs),
    ratingPercent: song.ratingPercent,
    feeling: feelingOf[song.likedState],
    hasArtwork: song.hasArtwork,
  }
}

const feelingOf = { 0: 'neutral', 2: 'liked', 3: 'disliked' } as const

/** The present state, or one that was present a moment ago. */
export function stateOf(
  parts: ApiParts,
  state: PlayerState = parts.player.state,
): ApiRevisions & { playback: ApiPlayback } {
  const { view } = parts.library
  return { libraryRevision: view.revision, playRevision: state.revision, playback: playbackOf(parts, state) }
}

function playbackOf({ player, library, clock }: ApiParts, state: PlayerState): ApiPlayback {
  // As the library has it now: a rating may be newer than the player's state.
  const song = state.song && (library.view.song(state.song.id) ?? state.song)
  return {
    state: state.state,
    winding: state.winding ?? null,
    positionMs: Math.max(0, Math.round(player.positionMs())),
    durationMs: Math.round(state.durationMs),
    volumePercent: state.volumePercent,
    muted: state.isMuted,
    shuffle: state.isShuffled,
    repeat: state.repeat,
    replayGain: state.replayGain,
    sleep: sleepOf(state.sleep, clock),
    track: song ? songOf(song) : null,
    entryId: state.nowPlaying?.entryId ?? null,
    contextName: state.contextName ?? null,
    undoable: state.undoable ?? null,
    notice: state.notice ?? null,
    queueRevision: state.queueRevision,
    outputsRevision: state.outputsRevision,
  }
}

function sleepOf(sleep: SleepTimer | undefined, clock: Clock): ApiPlayback['sleep'] {
  if (sleep === undefined) return null
  return sleep === 'endOfSong' ? sleep : { remainingMs: Math.max(0, Math.round(sleep.atMs - clock.nowMs())) }
}

export function outputOf(
  output: OutputStatus,
  masterPercent: number,
): ApiAnswer<'outputs'>['outputs'][number] {
  const { id, name, speakerId, isOn, relativeVolumePercent, trouble, underruns } = output
  return {
    id,
    speakerId: hex64(speakerId),
    name,
    isOn,
    volumePercent: absoluteVolume(masterPercent, relativeVolumePercent),
    relativeVolumePercent,
    trouble: trouble ?? null,
    underruns,
  }
}

export function progressOf({ state, filesFound, filesRead, last, trouble }: ScanProgress): ApiScanProgress {
  return { state, filesFound, filesRead, last: last ?? null, trouble: trouble ?? null }
}

export function pairingOf(pairing: Pairing, { sessions }: ApiParts): ApiPairing {
  const { guid, name, address, createdAtMs, lastSeenAtMs } = pairing
  return {
    guid: hex64(guid),
    name,
    address,
    createdAt: timeOf(createdAtMs),
    lastSeenAt: lastSeenAtMs === undefined ? null : timeOf(lastSeenAtMs),
    sessions: sessions.countOf(guid),
  }
}

export function timeOf(unixMs: number): string {
  return new Date(unixMs).toISOString()
}

export function neighbourOf({ serviceName, name, address, port, seenAtMs, isHere }: NeighbourHost) {
  return { serviceName, name, address, port, seenAt: timeOf(seenAtMs), isHere }
}
