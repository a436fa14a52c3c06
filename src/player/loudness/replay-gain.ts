// By which factor a song is made louder or quieter so that all songs, or all albums, sound equally loud.
// Source: ReplayGain 2.0 (wiki.hydrogenaud.io), "Player requirements".

import type { ReplayGain } from '../../library/index.ts'

/** 'album' keeps what is quiet in an album quiet; 'track' makes every song equally loud. */
export type ReplayGainMode = 'off' | 'track' | 'album'

/** What ReplayGain's own field can say; tags beyond are a mistake. */
const largestDb = 51.1
/** Decoded MP3 goes over full scale, but never so far: such a peak was written by a program that counts otherwise. */
const largestPeak = 16

/**
 * The factor for a song's samples; 1 when it is off or the song has no tags. Without tags for the mode, those for the
 * other one serve. Clip guard: the loudest sample stays within full scale; when nobody knows it, nothing is made louder.
 */
export function gainOf(mode: ReplayGainMode, tags: ReplayGain | undefined): number {
  if (mode === 'off' || tags === undefined) return 1
  const track = { db: tags.trackGainDb, peak: tags.trackPeak }
  const album = { db: tags.albumGainDb, peak: tags.albumPeak }
  const { db, peak } = mode === 'album' && isWithin(album.db, largestDb) ? album : pick(track, album)
  if (!isWithin(db, largestDb)) return 1
  const highest = peak !== undefined && peak > 0 && peak <= largestPeak ? 1 / peak : 1
  return Math.min(10 ** (db / 20), highest)
}

function pick<Tags extends { readonly db: number | undefined }>(wanted: Tags, other: Tags): Tags {
  return isWithin(wanted.db, largestDb) ? wanted : other
}

function isWithin(db: number | undefined, largest: number): db is number {
  return db !== undefined && Math.abs(db) <= largest
}
