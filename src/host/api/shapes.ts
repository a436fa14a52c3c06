// The host's values as the API says them.

import type { ScanProgress, Song } from '../../library/index.ts'
import type { Player } from '../../player/index.ts'
import {
  type ApiPairing,
  type ApiPlayback,
  type ApiRevisions,
  type ApiScanProgress,
  type ApiSong,
  hex64,
} from '../../protocol/index.ts'
import type { Pairing } from '../pairings.ts'
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
    hasArtwork: song.hasArtwork,
  }
}

export function playbackOf(player: Player): ApiPlayback {
  const { state, durationMs, volumePercent, isShuffled, repeat, song, notice } = player.state
  return {
    state,
    positionMs: Math.max(0, Math.round(player.positionMs())),
    durationMs: Math.round(durationMs),
    volumePercent,
    shuffle: isShuffled,
    repeat,
    track: song ? songOf(song) : null,
    notice: notice ?? null,
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
    sessions: sessions.list().filter((session) => session.guid === guid).length,
  }
}

export function timeOf(unixMs: number): string {
  return new Date(unixMs).toISOString()
}
