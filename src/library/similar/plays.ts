// What was heard to its end, in order: from it is known which songs are played together.

import type { Database } from '../database.ts'

export interface Play {
  readonly songId: number
  /** Unix seconds. */
  readonly playedAt: number
}

export interface Plays {
  /** Oldest first. */
  readonly list: readonly Play[]
  /** Within the caller's transaction; `list` has it after `remember`. */
  write(play: Play): void
  remember(play: Play): void
}

/** More would tell little: a year of three hours a day. */
const mostPlays = 20_000

export function openPlays(database: Database): Plays {
  const list = database.all<Play>('SELECT song_id AS songId, played_at AS playedAt FROM plays ORDER BY id')
  return {
    list,
    write({ songId, playedAt }) {
      const { lastInsertRowid } = database.run(
        'INSERT INTO plays (song_id, played_at) VALUES (?, ?)',
        songId,
        playedAt,
      )
      database.run('DELETE FROM plays WHERE id <= ?', lastInsertRowid - mostPlays)
    },
    remember(play) {
      list.push(play)
      if (list.length > mostPlays) list.splice(0, list.length - mostPlays)
    },
  }
}

/** Plays at most so far apart belong together. */
const reach = 5
const sittingSeconds = 3600

/** Song id → how much it was played with the song: 1 for each time right before or after it, less further away. */
export function playedWith(plays: readonly Play[], songId: number): ReadonlyMap<number, number> {
  const weights = new Map<number, number>()
  for (const [place, play] of plays.entries()) {
    if (play.songId !== songId) continue
    for (let at = Math.max(0, place - reach); at <= Math.min(place + reach, plays.length - 1); at += 1) {
      const other = plays[at]
      if (other === undefined || other.songId === songId) continue
      if (Math.abs(other.playedAt - play.playedAt) > sittingSeconds) continue
      weights.set(other.songId, (weights.get(other.songId) ?? 0) + 1 / Math.abs(at - place))
    }
  }
  return weights
}
