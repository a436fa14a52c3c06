// A real host that really plays: folder, library, player with its audio thread, and HTTP on a free port of this machine.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { systemClock } from '../../src/clock.ts'
import { type Host, openDataDirectory, openFrontDoor, openHost } from '../../src/host/index.ts'
import { type Library, openLibrary, openSqlite } from '../../src/library/index.ts'
import { silentLog } from '../../src/log.ts'
import { chooseOutputs, openListeners } from '../../src/outputs/index.ts'
import { openPlayer, type Player } from '../../src/player/index.ts'
import { noise, writeWav } from './sound-files.ts'

export interface PlayingHost {
  readonly host: Host
  readonly library: Library
  readonly player: Player
  /** Its data directory, which says that it runs: the command line finds it by that. */
  readonly data: string
  readonly ownerToken: string
  /** `127.0.0.1:PORT`. */
  readonly address: string
  /** Pairs a new remote; its guid. */
  pair(name: string): Promise<string>
}

export interface PlayingHostOptions {
  /** One song each, so long. */
  readonly songSeconds: readonly number[]
  /** How many; sound goes nowhere, or into files that nobody reads. */
  readonly outputs?: number
}

export async function startPlayingHost(
  t: TestContext,
  { songSeconds, outputs = 1 }: PlayingHostOptions,
): Promise<PlayingHost> {
  const place = mkdtempSync(join(tmpdir(), 'tonearm-playing-'))
  const folder = mkdtempSync(join(place, 'music-'))
  for (const [index, seconds] of songSeconds.entries())
    writeWav(join(folder, `song ${index + 1}.wav`), noise(Math.round(44_100 * seconds), index))
  const directory = openDataDirectory(join(place, 'data'))
  const database = openSqlite(directory.databaseFile)
  const parts = { database, log: silentLog, clock: systemClock }
  const library = await openLibrary({ ...parts, folders: [folder], dataDirectory: directory.path })
  await library.scan()
  const files = Array.from({ length: outputs - 1 }, (_, index) => `wav:${join(place, `${index}.wav`)}`)
  const player = await openPlayer({
    ...parts,
    songs: (id) => library.view.song(id),
    outputs: chooseOutputs(['null', ...files]),
    onPlayed: library.countPlay,
    onSkipped: library.countSkip,
  })
  const common = {
    ...parts,
    dataDirectory: directory,
    identity: directory.identity({ name: 'Studio', sharing: 'none' }),
    version: '0.0.0',
  }
  const host = await openHost({
    ...common,
    door: await openFrontDoor({ ...common, port: 0 }),
    library,
    player,
    listeners: openListeners({ player, clock: systemClock }),
  })
  directory.markRunning({ pid: process.pid, url: host.url, port: host.port, name: host.name })
  t.after(async () => {
    await host.close()
    await player.close()
    await library.close()
    database.close()
    directory.close()
    rmSync(place, { recursive: true, force: true })
  })
  const { ownerToken } = directory
  return {
    host,
    library,
    player,
    data: directory.path,
    ownerToken,
    address: `127.0.0.1:${host.port}`,
    async pair(name) {
      const response = await fetch(`${host.url}/api/pairings`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ownerToken}` },
        body: JSON.stringify({ name }),
      })
      return ((await response.json()) as { pairing: { guid: string } }).pairing.guid
    },
  }
}
