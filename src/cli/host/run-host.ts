// Puts the rooms together into one running host, and takes them apart again in the right order.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../clock.ts'
import type { Discovery } from '../../discovery/index.ts'
import type { Finding } from '../../doctor/index.ts'
import { KnownError } from '../../errors.ts'
import {
  type DataDirectory,
  dataDirectoryPath,
  type FolderChoice,
  type FrontDoor,
  type Host,
  type Identity,
  loadHost,
  openDataDirectory,
  openFrontDoor,
  openHost,
} from '../../host/index.ts'
import { type Database, type Library, loadLibrary, openLibrary, openSqlite } from '../../library/index.ts'
import type { Log } from '../../log.ts'
import { othersFirst } from '../../others-first.ts'
import type { Listeners } from '../../outputs/index.ts'
import type { Player } from '../../player/index.ts'
import { pageFolder, version } from '../version.ts'
import { folderChoiceIn, musicFolders } from './choose-folders.ts'
import { tellPlaying, tellScans } from './host-news.ts'
import type { HostReport } from './host-report.ts'
import {
  type HostSettings,
  mergeSettings,
  settingsFromEnvironment,
  settingsFromToml,
} from './host-settings.ts'

/** DAAP's own port; taken when nothing else was said. */
const daapPort = 3689

export interface HostRun {
  readonly flags: HostSettings
  /** `--data`. */
  readonly data: string | undefined
  /** `--config`. */
  readonly config: string | undefined
  readonly environment: NodeJS.ProcessEnv
  readonly log: Log
  readonly report: HostReport
  /** Aborted while it opens: it ends, and nothing is told as open. */
  readonly signal: AbortSignal
}

/** Resolves once it answers all requests; `close` ends within two seconds. */
export async function runHost(run: HostRun): Promise<{ close(): Promise<void> }> {
  const directory = openDataDirectory(dataDirectoryPath(run.data, run.environment))
  const rooms = new Rooms()
  rooms.onClose(() => directory.close())
  try {
    const { file, atStart, settings } = await readSettings(run, directory)
    const { folders, isSample } = musicFolders(settings.folders, run.environment)
    const folderChoice = folderChoiceIn(file, atStart.folders, run.environment)
    const opening = { directory, settings, rooms, folders, folderChoice }
    const door = await openDoor(run, opening)
    await othersFirst() // for who stands there already
    const database = openSqlite(directory.databaseFile)
    rooms.onClose(() => database.close())
    const music = await openMusic(run, { ...opening, database })
    run.signal.throwIfAborted()
    const host = await openRooms(run, { ...opening, ...door, database, ...music })
    directory.markRunning({ pid: process.pid, url: host.url, port: host.port, name: host.name })
    run.report.ready({ url: host.url, ownerLink: () => host.makeOwnerLink().url, folders, isSample })
    if (host.secure) run.report.secure(host.secure)
    tellScans(run.report, music.library)
    void tellPlaying(run.report, music.player)
  } catch (error) {
    await rooms.close(run.log)
    if (!run.signal.aborted || error !== run.signal.reason) throw error
  }
  return { close: () => rooms.close(run.log) }
}

/** What was opened, closed in the opposite order; one that fails keeps no other open. */
class Rooms {
  readonly #closers: (() => unknown)[] = []

  onClose(closer: () => unknown): void {
    this.#closers.push(closer)
  }

  async close(log: Log): Promise<void> {
    for (let closer = this.#closers.pop(); closer !== undefined; closer = this.#closers.pop()) {
      try {
        await closer()
      } catch (error) {
        log.error('could not close a part of the host', { error })
      }
    }
  }
}

/** What was said at the start, and what the file says, which comes last. */
async function readSettings(run: HostRun, directory: DataDirectory) {
  const usual = join(directory.path, 'config.toml')
  const file = run.config ?? run.environment['TONEARM_CONFIG'] ?? usual
  const atStart = mergeSettings(run.flags, await settingsFromEnvironment(run.environment))
  return { file, atStart, settings: mergeSettings(atStart, await readToml(file, file !== usual)) }
}

async function readToml(file: string, isNamed: boolean): Promise<HostSettings> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (!isNamed && (error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new KnownError('BAD_SETTING', { where: file, problem: 'the file cannot be read' }, error)
  }
  return settingsFromToml(text, file)
}

interface Music {
  readonly library: Library
  readonly player: Player
  readonly listeners: Listeners
}

interface Opening {
  readonly directory: DataDirectory
  readonly settings: HostSettings
  readonly rooms: Rooms
  readonly folders: readonly string[]
  readonly folderChoice: FolderChoice
}

interface OwnDoor {
  readonly door: FrontDoor
  readonly identity: Identity
}

/** So early that a remote finds its library at once; what is behind it is loaded now. */
async function openDoor(run: HostRun, { directory, settings, rooms }: Opening): Promise<OwnDoor> {
  const isOpen = settings['share-password'] === undefined
  const sharing = !settings.share ? 'none' : isOpen ? 'open' : 'password'
  const identity = directory.identity({ name: settings.name, sharing })
  const door = await openFrontDoor({
    ...{ dataDirectory: directory, identity, version, clock: systemClock },
    port: settings.port ?? daapPort,
    listen: settings.listen,
    allowedHosts: settings['allowed-hosts'],
    allowedNetworks: settings['allowed-networks'],
    log: run.log.child({ room: 'host' }),
  })
  rooms.onClose(() => door.close())
  return { door, identity }
}

async function openMusic(run: HostRun, opening: Opening & { database: Database }): Promise<Music> {
  const { directory, database, folders, settings, rooms } = opening
  const options = {
    ...{ database, folders, dataDirectory: directory.path, clock: systemClock },
    log: run.log.child({ room: 'library' }),
  }
  async function openScanned(): Promise<Library> {
    const library = await openLibrary(options)
    rooms.onClose(() => library.close())
    scan(run, library, settings.rescan === true)
    return library
  }
  // While the library reads what it knows of its songs, and looks for others, the rest of the program is loaded.
  const [library, loaded] = await Promise.all([openScanned(), loadRooms(settings)])
  const { chooseOutputs, openListeners, openPlayer } = loaded
  const player = await openPlayer({
    songs: (id) => library.view.song(id),
    database,
    outputs: chooseOutputs(settings.outputs ?? []),
    log: run.log.child({ room: 'player' }),
    clock: systemClock,
    onPlayed: countedIfItCan(run.log, library.countPlay),
    onSkipped: countedIfItCan(run.log, library.countSkip),
  })
  rooms.onClose(() => player.close())
  return { library, player, listeners: openListeners({ player, clock: systemClock }) }
}

/** Nobody is heard while files are being loaded: so a part at a time. */
async function loadRooms({ announce }: HostSettings) {
  await loadLibrary()
  const { openPlayer } = await import('../../player/index.ts')
  await othersFirst()
  const { chooseOutputs, openListeners } = await import('../../outputs/index.ts')
  await othersFirst()
  await loadHost()
  if (announce !== false) await import('../../discovery/index.ts')
  return { openPlayer, chooseOutputs, openListeners }
}

/** Begins in other threads while ours still loads; nobody waits for its end. */
function scan(run: HostRun, library: Library, isFull: boolean): void {
  library.follow()
  library.scan({ isFull }).catch((error: unknown) => {
    // Stopped while it scanned: the next start goes on from here. What can be mended, as a full disk, is told by the library.
    if (error instanceof KnownError) return
    run.log.error('the scan ended before its time', { error })
  })
}

/** On a full disk, or for a song that is gone meanwhile, it plays on uncounted. */
function countedIfItCan(log: Log, count: (songId: number) => void) {
  return (songId: number): void => {
    try {
      count(songId)
    } catch (error) {
      log.warn('A play could not be counted.', { error })
    }
  }
}

async function openRooms(
  run: HostRun,
  opening: Opening & OwnDoor & Music & { database: Database },
): Promise<Host> {
  const { directory, settings, rooms, door, identity, database, library, player, listeners } = opening
  const discovery = await openOwnDiscovery(run, opening)
  if (discovery) rooms.onClose(() => discovery.close())
  const host = await openHost({
    door,
    library,
    player,
    database,
    dataDirectory: directory,
    identity,
    discovery,
    secure: secureSettings(settings),
    sharePassword: settings['share-password'],
    listeners,
    folderChoice: opening.folderChoice,
    page: pageFolder,
    version,
    log: run.log.child({ room: 'host' }),
    clock: systemClock,
    examine: async ({ name, url }) => {
      const [{ examine }, { parseAddress }] = await Promise.all([
        import('../../doctor/index.ts'),
        import('../../remote/index.ts'),
      ])
      const patient = { name, address: parseAddress(url), isOwn: true }
      const { isHealthy, findings } = await examine({ patient })
      return { isHealthy, findings: findings.map(toTell) }
    },
    onEvent: (event) => run.report.event(event),
  })
  rooms.onClose(() => host.close())
  return host
}

/** As the API's table has it. */
function toTell({ evidence, ...finding }: Finding) {
  return { ...finding, evidence: [...evidence] }
}

function secureSettings({ 'secure-port': port, certificate, key }: HostSettings) {
  const says = (problem: string) => new KnownError('BAD_SETTING', { setting: 'certificate', problem })
  if ((certificate === undefined) !== (key === undefined))
    throw says('a certificate and its key come together: --certificate FILE --key FILE')
  if (port === undefined && certificate !== undefined)
    throw says('a certificate is shown on the port for those from outside: --secure-port PORT')
  if (port === undefined) return undefined
  return { port, certificate: certificate && key ? { certificate, key } : undefined }
}

async function openOwnDiscovery(
  run: HostRun,
  { directory, settings }: Opening,
): Promise<Discovery | undefined> {
  if (settings.announce === false) return undefined
  const log = run.log.child({ room: 'discovery' })
  const { openDiscovery } = await import('../../discovery/index.ts')
  return openDiscovery({
    log,
    clock: systemClock,
    lastHostLabel: directory.announcedHostLabel,
    onHostRenamed(label) {
      log.warn('another machine has the name of this one; found under a new one', { name: `${label}.local` })
      directory.keepHostLabel(label)
    },
  })
}
