// Songs, albums and artists as rows: what a file's facts become, and which ids they keep.

import type { Database, SqlValue } from './database.ts'
import { fold } from './fold.ts'
import { newPersistentId } from './persistent-id.ts'
import type { SongFacts } from './scan/messages.ts'

/** fact → column. `ratingPercent` is not here: only a new song takes it from its tags. */
const columnOfFact = {
  title: 'title',
  artist: 'artist',
  albumArtist: 'album_artist',
  album: 'album',
  composer: 'composer',
  genre: 'genre',
  comment: 'comment',
  grouping: 'grouping',
  description: 'description',
  titleSort: 'title_sort',
  artistSort: 'artist_sort',
  albumArtistSort: 'album_artist_sort',
  albumSort: 'album_sort',
  composerSort: 'composer_sort',
  trackNumber: 'track_number',
  trackCount: 'track_count',
  discNumber: 'disc_number',
  discCount: 'disc_count',
  year: 'year',
  releasedAt: 'released_at',
  bpm: 'bpm',
  isCompilation: 'is_compilation',
  mediaKind: 'media_kind',
  durationMs: 'duration_ms',
  bitrateKbps: 'bitrate_kbps',
  sampleRateHz: 'sample_rate_hz',
  bitsPerSample: 'bits_per_sample',
  channels: 'channels',
  format: 'format',
  codec: 'codec',
  hasPicture: 'has_picture',
  hasLyrics: 'has_lyrics',
  leadInSamples: 'lead_in_samples',
  paddingSamples: 'padding_samples',
  totalSamples: 'total_samples',
  trackGainDb: 'track_gain_db',
  trackPeak: 'track_peak',
  albumGainDb: 'album_gain_db',
  albumPeak: 'album_peak',
} as const satisfies Record<Exclude<keyof SongFacts, 'ratingPercent'>, string>

const factNames = Object.keys(columnOfFact) as (keyof typeof columnOfFact)[]
const columns = Object.values(columnOfFact)

// Nothing is inserted when the persistent id is taken.
const insertSong = `INSERT INTO songs (persistent_id, album_id, added_at, rating_percent, ${columns.join(', ')})
  VALUES (?, ?, ?, ?, ${columns.map(() => '?').join(', ')})
  ON CONFLICT (persistent_id) DO NOTHING`
// SQLite takes the old row's values on the right-hand side.
const updateSong = `UPDATE songs SET
  previous_album_id = CASE WHEN album_id <> ?1 THEN coalesce(previous_album_id, album_id) ELSE previous_album_id END,
  album_id = ?1, ${columns.map((column, index) => `${column} = ?${index + 3}`).join(', ')}
  WHERE id = ?2`

function factValues(facts: SongFacts): SqlValue[] {
  return factNames.map((name) => {
    const value = facts[name]
    return typeof value === 'boolean' ? Number(value) : value
  })
}

export interface SongRows {
  /** At the start of a transaction: nothing of one that failed is remembered. */
  begin(): void
  insert(facts: SongFacts, addedAt: number): number
  update(songId: number, facts: SongFacts): void
  /** Gives an album that most songs of another have moved into the other's ids: it was renamed. The songs of both. */
  keepIdsOfRenamed(): number[]
  /** Drops albums and artists that no song, kept ones included, belongs to. */
  dropEmpty(): void
}

export function songRows(database: Database): SongRows {
  const isTakenIn = (table: 'albums' | 'artists') => (id: number) =>
    database.get(`SELECT 1 FROM ${table} WHERE persistent_id = ?`, id) !== undefined
  const [isAlbumTaken, isArtistTaken] = [isTakenIn('albums'), isTakenIn('artists')]
  /** Of the song before: neighbours are of one album. */
  let last: { readonly albumArtist: string; readonly album: string; readonly id: number } | undefined

  function artistId(name: string): number {
    const key = fold(name)
    const row = database.get<{ id: number; name: string }>('SELECT id, name FROM artists WHERE key = ?', key)
    if (row === undefined)
      return database.run(
        'INSERT INTO artists (persistent_id, key, name) VALUES (?, ?, ?)',
        newPersistentId(isArtistTaken),
        key,
        name,
      ).lastInsertRowid
    if (row.name !== name) database.run('UPDATE artists SET name = ? WHERE id = ?', name, row.id)
    return row.id
  }

  function albumId({ albumArtist, album }: SongFacts): number {
    if (last?.albumArtist !== albumArtist || last.album !== album)
      last = { albumArtist, album, id: albumRow(albumArtist, album) }
    return last.id
  }

  function albumRow(albumArtist: string, album: string): number {
    const artist = artistId(albumArtist)
    const key = `${fold(albumArtist)}\n${fold(album)}`
    const row = database.get<{ id: number; name: string }>('SELECT id, name FROM albums WHERE key = ?', key)
    if (row === undefined)
      return database.run(
        'INSERT INTO albums (persistent_id, key, name, artist_id) VALUES (?, ?, ?, ?)',
        newPersistentId(isAlbumTaken),
        key,
        album,
        artist,
      ).lastInsertRowid
    if (row.name !== album) database.run('UPDATE albums SET name = ? WHERE id = ?', album, row.id)
    return row.id
  }

  return {
    begin() {
      last = undefined
    },
    insert(facts, addedAt) {
      const values = [albumId(facts), addedAt, facts.ratingPercent, ...factValues(facts)]
      for (;;) {
        const { changes, lastInsertRowid } = database.run(
          insertSong,
          newPersistentId(() => false),
          ...values,
        )
        if (changes === 1) return lastInsertRowid
      }
    },
    update(songId, facts) {
      database.run(updateSong, albumId(facts), songId, ...factValues(facts))
    },
    keepIdsOfRenamed() {
      const renamed = keepIdsOfRenamedAlbums(database)
      database.run('UPDATE songs SET previous_album_id = NULL WHERE previous_album_id IS NOT NULL')
      return renamed.flatMap((album) =>
        database.all<{ id: number }>('SELECT id FROM songs WHERE album_id = ?', album).map(({ id }) => id),
      )
    },
    dropEmpty() {
      database.run('DELETE FROM albums WHERE id NOT IN (SELECT album_id FROM songs)')
      database.run('DELETE FROM artists WHERE id NOT IN (SELECT artist_id FROM albums)')
    },
  }
}

interface Move {
  readonly fromId: number
  readonly toId: number
  readonly moved: number
}

/** The albums that were exchanged. */
function keepIdsOfRenamedAlbums(database: Database): number[] {
  const moves = database.all<Move>(
    `SELECT previous_album_id AS fromId, album_id AS toId, count(*) AS moved FROM songs
     WHERE previous_album_id IS NOT NULL AND previous_album_id <> album_id
     GROUP BY previous_album_id, album_id ORDER BY moved DESC`,
  )
  const done = new Set<number>()
  for (const { fromId, toId, moved } of moves) {
    if (done.has(fromId) || done.has(toId)) continue
    const stayed = countSongs(database, 'album_id = ?', fromId)
    const movedInAll = countSongs(database, 'previous_album_id = ?', fromId)
    const wereThereBefore = countSongs(database, 'album_id = ? AND previous_album_id IS NULL', toId)
    if (moved * 2 <= stayed + movedInAll || wereThereBefore > 0) continue
    done.add(fromId).add(toId)
    exchangeAlbums(database, fromId, toId)
  }
  return [...done]
}

function countSongs(
  database: Database,
  where: 'album_id = ?' | 'previous_album_id = ?' | 'album_id = ? AND previous_album_id IS NULL',
  id: number,
): number {
  return database.get<{ n: number }>(`SELECT count(*) AS n FROM songs WHERE ${where}`, id)?.n ?? 0
}

interface AlbumRow {
  readonly id: number
  readonly key: string
  readonly name: string
  readonly artist_id: number
}

/** Both rows keep their ids and swap everything else, songs included. */
function exchangeAlbums(database: Database, a: number, b: number): void {
  const [first, second] = [a, b].map((id) => database.get<AlbumRow>('SELECT * FROM albums WHERE id = ?', id))
  if (first === undefined || second === undefined) return
  database.run('UPDATE albums SET key = ? WHERE id = ?', `\n\n${a}`, a) // a key that no album can have
  for (const [row, id] of [
    [first, b],
    [second, a],
  ] as const)
    database.run(
      'UPDATE albums SET key = ?, name = ?, artist_id = ? WHERE id = ?',
      row.key,
      row.name,
      row.artist_id,
      id,
    )
  database.run(
    'UPDATE songs SET album_id = CASE album_id WHEN ?1 THEN ?2 ELSE ?1 END WHERE album_id IN (?1, ?2)',
    a,
    b,
  )
}
