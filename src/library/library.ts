// The library put together: the database, the view of it, scanning, artwork.

import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import type { Log } from '../log.ts'
import { artworkFinder } from './artwork/artwork.ts'
import type { Snapshot } from './columns/snapshot.ts'
import { type CurrentView, currentView } from './current-view.ts'
import type { Database } from './database.ts'
import { readLyrics } from './lyrics.ts'
import { migrate } from './migrate.ts'
import { openBook } from './playlists/book.ts'
import { raiseRevisionForCounts } from './revision.ts'
import { openScans } from './scan/scans.ts'
import type { ScanFailure } from './scan-progress.ts'
import { schemaSteps } from './schema.ts'
import { hasSimilarIn } from './similar/has-similar.ts'
import { openPlays, playedWith } from './similar/plays.ts'
import type { Library } from './types.ts'
import { warmUpLater } from './warm-up.ts'
import { type Follower, type FollowOptions, follow } from './watch/follow.ts'

export interface LibraryOptions {
  readonly database: Database
  readonly folders: readonly string[]
  /** The artwork cache goes into its folder `artwork`. */
  readonly dataDirectory: string
  readonly log: Log
  readonly clock: Clock
  /** How names are sorted and which articles are ignored: 'en', or several as in 'de,en'. */
  readonly language?: string
  /** How its folders are followed, where that should be otherwise than usual. */
  readonly follow?: Pick<FollowOptions, 'rhythm' | 'watch'>
}

/** What an earlier run left, read while this file was being loaded. */
export interface Kept {
  /** '' when the database is in memory. */
  readonly databaseFile: string
  readonly snapshot: Promise<Snapshot | undefined> | undefined
}

export async function assembleLibrary(
  options: LibraryOptions,
  { databaseFile, snapshot }: Kept,
): Promise<Library> {
  const { database, dataDirectory, log, clock, language = 'en' } = options
  migrate(database, 'library', schemaSteps)
  const languages = language.split(',')
  // The first view needs the playlists, which look into the views that follow.
  let shown: CurrentView | undefined
  const playlists = openBook({
    database,
    databaseFile,
    folder: join(dataDirectory, 'playlists'),
    clock,
    log,
    language: languages[0] ?? 'en',
    now: () => shown?.view,
    onChange: () => shown?.showPlaylists(),
    settled: async () => shown?.settled(),
  })
  const current = await currentView(database, {
    languages,
    databaseFile,
    snapshot,
    clock,
    playlists: playlists.contents,
    onTrouble: (error) => log.warn('The columns of the library could not be kept in a file.', { error }),
  })
  shown = current
  warmUpLater(() => current.view)
  let { folders } = options
  const scanning = openScans({ ...options, folders: () => folders, databaseFile, current, playlists })
  let follower: Follower | undefined
  const startFollowing = () => follow({ folders, scans: scanning, clock, log, ...options.follow })
  const plays = openPlays(database)
  const artwork = artworkFinder(database, join(dataDirectory, 'artwork'), log)
  const nowSeconds = () => Math.floor(clock.wallMs() / 1000)

  /** Writes durably, then shows. */
  function change(songId: number, write: () => void, shown: () => Parameters<CurrentView['patch']>[1]): void {
    if (current.view.song(songId) === undefined) throw new KnownError('NOT_FOUND', { song: songId })
    database.durably(() => {
      write()
      raiseRevisionForCounts(database, songId)
    })
    current.patch(songId, shown())
  }

  return {
    get folders() {
      return folders
    },
    setFolders(wanted) {
      folders = [...wanted]
      void scanning.cancel() // it goes through the folders of before
      if (follower) {
        follower.close()
        follower = startFollowing()
      }
      scanning.scan().catch((error: unknown) => {
        if (!(error instanceof KnownError)) log.error('a scan failed', { error })
      })
    },
    get view() {
      return current.view
    },
    changedSince: (revision, signal) => current.changedSince(revision, signal),
    scan: scanning.scan,
    cancelScan: scanning.cancel,
    follow() {
      follower ??= startFollowing()
    },
    get progress() {
      return scanning.progress()
    },
    onProgress: scanning.onProgress,
    failures: () => [...readFailures(database), ...playlists.failures()],
    songArtwork: (id, box) => artwork.ofSong(current.view, id, box),
    albumArtwork: (id, box) => artwork.ofAlbum(current.view, id, box),
    artistArtwork: (id, box) => artwork.ofArtist(current.view, id, box),
    async lyrics(songId) {
      const song = current.view.song(songId)
      return song?.hasLyrics ? readLyrics(song.path) : undefined
    },
    setRating(songId, ratingPercent) {
      const rating = Math.round(Math.min(100, Math.max(0, ratingPercent)))
      change(
        songId,
        () => database.run('UPDATE songs SET rating_percent = ? WHERE id = ?', rating, songId),
        () => ({ ratingPercent: rating }),
      )
    },
    setLiked(songId, likedState) {
      change(
        songId,
        () => database.run('UPDATE songs SET liked_state = ? WHERE id = ?', likedState, songId),
        () => ({ likedState }),
      )
    },
    countPlay(songId) {
      const [playCount, lastPlayedAt] = [(current.view.song(songId)?.playCount ?? 0) + 1, nowSeconds()]
      const play = { songId, playedAt: lastPlayedAt }
      change(
        songId,
        () => {
          database.run(
            'UPDATE songs SET play_count = ?, last_played_at = ? WHERE id = ?',
            playCount,
            lastPlayedAt,
            songId,
          )
          plays.write(play)
        },
        () => ({ playCount, lastPlayedAt }),
      )
      plays.remember(play)
    },
    countSkip(songId) {
      const [skipCount, lastSkippedAt] = [(current.view.song(songId)?.skipCount ?? 0) + 1, nowSeconds()]
      change(
        songId,
        () =>
          database.run(
            'UPDATE songs SET skip_count = ?, last_skipped_at = ? WHERE id = ?',
            skipCount,
            lastSkippedAt,
            songId,
          ),
        () => ({ skipCount, lastSkippedAt }),
      )
    },
    similarTo(songId, limit) {
      if (current.view.song(songId) === undefined) throw new KnownError('NOT_FOUND', { song: songId })
      return current.view.similarTo(songId, playedWith(plays.list, songId), limit)
    },
    hasSimilar: hasSimilarIn(() => current.view, plays),
    playlists,
    async close() {
      follower?.close()
      await scanning.close()
      await current.close()
    },
  }
}

function readFailures(database: Database): ScanFailure[] {
  const rows = database.all<ScanFailure>(
    `SELECT path, reason FROM folder_failures
     UNION ALL
     SELECT path, failure FROM files WHERE failure IS NOT NULL AND path IS NOT NULL ORDER BY 1`,
  )
  return rows.map(({ path, reason }) => ({ path, reason }))
}
