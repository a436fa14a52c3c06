// The library's tables in library.db. A step that was published is never edited: add one below it.

export const schemaSteps: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  INSERT INTO meta VALUES ('revision', 2);

  -- Persistent ids are random and below 2^53, so that they fit a JavaScript number.
  -- item ids are AUTOINCREMENT: never given twice.
  CREATE TABLE artists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    persistent_id INTEGER NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,          -- folded name
    name TEXT NOT NULL
  ) STRICT;

  CREATE TABLE albums (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    persistent_id INTEGER NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,          -- folded artist, newline, folded name
    name TEXT NOT NULL,
    artist_id INTEGER NOT NULL REFERENCES artists (id)
  ) STRICT;
  CREATE INDEX albums_by_artist ON albums (artist_id);

  CREATE TABLE songs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    persistent_id INTEGER NOT NULL UNIQUE,
    album_id INTEGER NOT NULL REFERENCES albums (id),
    previous_album_id INTEGER,         -- during a scan: where a retagged song was before
    title TEXT NOT NULL, artist TEXT NOT NULL, album_artist TEXT NOT NULL, album TEXT NOT NULL,
    composer TEXT NOT NULL, genre TEXT NOT NULL, comment TEXT NOT NULL, grouping TEXT NOT NULL,
    description TEXT NOT NULL,
    title_sort TEXT NOT NULL, artist_sort TEXT NOT NULL, album_artist_sort TEXT NOT NULL,
    album_sort TEXT NOT NULL, composer_sort TEXT NOT NULL,   -- as tagged, '' where not
    track_number INTEGER NOT NULL, track_count INTEGER NOT NULL,
    disc_number INTEGER NOT NULL, disc_count INTEGER NOT NULL,
    year INTEGER NOT NULL, released_at INTEGER NOT NULL, bpm INTEGER NOT NULL,
    is_compilation INTEGER NOT NULL, media_kind INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL, bitrate_kbps INTEGER NOT NULL, sample_rate_hz INTEGER NOT NULL,
    bits_per_sample INTEGER NOT NULL, channels INTEGER NOT NULL,
    format TEXT NOT NULL, codec TEXT NOT NULL,
    has_picture INTEGER NOT NULL, has_lyrics INTEGER NOT NULL,
    lead_in_samples INTEGER, padding_samples INTEGER, total_samples INTEGER,   -- gapless, where known
    track_gain_db REAL, track_peak REAL, album_gain_db REAL, album_peak REAL,
    added_at INTEGER NOT NULL,
    rating_percent INTEGER NOT NULL DEFAULT 0,
    play_count INTEGER NOT NULL DEFAULT 0, last_played_at INTEGER NOT NULL DEFAULT 0,
    skip_count INTEGER NOT NULL DEFAULT 0, last_skipped_at INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX songs_by_album ON songs (album_id);
  CREATE INDEX songs_moved ON songs (previous_album_id) WHERE previous_album_id IS NOT NULL;

  -- A song is listed while its file has neither a failure nor a missing_since.
  CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT UNIQUE,                  -- NULL once the file is gone
    size_bytes INTEGER NOT NULL,
    mtime_ms INTEGER NOT NULL,
    inode INTEGER NOT NULL,            -- modulo 2^52
    fingerprint TEXT,                  -- of the sound alone; NULL where none was found
    song_id INTEGER UNIQUE REFERENCES songs (id) ON DELETE SET NULL,
    failure TEXT,                      -- a sentence for a person
    missing_since INTEGER,             -- Unix seconds; its song is kept for a while
    reader_version INTEGER NOT NULL    -- a newer reader reads the file again
  ) STRICT;
  CREATE INDEX files_by_fingerprint ON files (fingerprint) WHERE fingerprint IS NOT NULL;
  CREATE INDEX files_missing ON files (missing_since) WHERE missing_since IS NOT NULL;

  -- The picture that lies beside the songs of a folder.
  CREATE TABLE folder_pictures (folder TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
  -- Folders of the last scan that could not be read.
  CREATE TABLE folder_failures (path TEXT PRIMARY KEY, reason TEXT NOT NULL) STRICT;

  CREATE TABLE playlists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    persistent_id INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('base', 'special', 'file', 'edited', 'smart', 'folder')),
    special_number INTEGER NOT NULL DEFAULT 0,
    parent_id INTEGER NOT NULL DEFAULT 0,
    next_entry_id INTEGER NOT NULL DEFAULT 1
  ) STRICT;
  CREATE TABLE playlist_entries (
    playlist_id INTEGER NOT NULL REFERENCES playlists (id) ON DELETE CASCADE,
    entry_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    song_id INTEGER NOT NULL REFERENCES songs (id) ON DELETE CASCADE,
    PRIMARY KEY (playlist_id, entry_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX playlist_entries_by_song ON playlist_entries (song_id);
  `,
  `
  -- A playlist's entries in order: pairs of little-endian 32-bit numbers, entry id and song id. One value, so that
  -- a long one is read, edited and replaced in one go. Songs may be gone: their ids are never given again.
  DROP TABLE playlist_entries;
  ALTER TABLE playlists ADD COLUMN entries BLOB;

  CREATE TABLE smart_playlists (
    playlist_id INTEGER PRIMARY KEY REFERENCES playlists (id) ON DELETE CASCADE,
    definition TEXT NOT NULL,          -- TOML, docs/smart-playlists.md
    gathers TEXT CHECK (gathers IN ('recent', 'top')),   -- came with the library
    path TEXT UNIQUE                   -- the file that says it; NULL: it is kept here alone
  ) STRICT;

  -- Playlists that lie among the music.
  CREATE TABLE playlist_files (
    playlist_id INTEGER PRIMARY KEY REFERENCES playlists (id) ON DELETE CASCADE,
    path TEXT UNIQUE,                  -- NULL once the file is gone
    size_bytes INTEGER NOT NULL,
    mtime_ms INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    content_hash TEXT NOT NULL,        -- by which a moved file is known again
    places BLOB NOT NULL,              -- of each entry in the file, as little-endian 32-bit numbers
    unresolved INTEGER NOT NULL,       -- references to no song of the library
    failure TEXT,                      -- a sentence for a person
    missing_since INTEGER,             -- Unix seconds; its ids are kept for a while
    reader_version INTEGER NOT NULL    -- a newer reader reads the file again
  ) STRICT;
  `,
  `
  -- Which songs each revision changed, for columns and snapshots of earlier ones; forgotten once a snapshot has them.
  CREATE TABLE song_changes (
    revision INTEGER NOT NULL,
    song_id INTEGER NOT NULL,
    is_count INTEGER NOT NULL,         -- only its rating, counts and their times
    PRIMARY KEY (revision, song_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO meta VALUES ('snapshot', 0);     -- the stamp of the snapshot file
  CREATE INDEX files_failed ON files (failure) WHERE failure IS NOT NULL;
  `,
  `
  ALTER TABLE songs ADD COLUMN liked_state INTEGER NOT NULL DEFAULT 0;   -- 0 nothing said, 2 liked, 3 disliked
  -- What was heard to its end, in order; so many of the newest as similar/plays.ts says.
  CREATE TABLE plays (id INTEGER PRIMARY KEY, song_id INTEGER NOT NULL, played_at INTEGER NOT NULL) STRICT;
  `,
]
