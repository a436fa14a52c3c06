// A music folder and a library of it, for tests: both in one temporary place that goes away with the test.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { systemClock } from '../../src/clock.ts'
import { type Library, openLibrary, openSqlite } from '../../src/library/index.ts'
import { type Log, silentLog } from '../../src/log.ts'
import { writeMusic } from './music-files.ts'

export interface MusicFolder {
  /** The music folder. */
  readonly path: string
  readonly dataDirectory: string
  /** Puts a file into the music folder. */
  add(name: string, bytes: Uint8Array): string
  /** Opens the library, as after a start of the host. */
  open(options?: { language?: string; folders?: readonly string[]; log?: Log }): Promise<Library>
}

export function musicFolder(t: TestContext): MusicFolder {
  const place = mkdtempSync(join(tmpdir(), 'tonearm-music-'))
  const [path, dataDirectory] = [join(place, 'music'), join(place, 'data')]
  mkdirSync(path)
  mkdirSync(dataDirectory)
  const closings: (() => Promise<void>)[] = []
  t.after(async () => {
    for (const close of closings) await close()
    rmSync(place, { recursive: true, force: true })
  })
  return {
    path,
    dataDirectory,
    add: (name, bytes) => writeMusic(join(path, name), bytes),
    async open({ language, folders = [path], log = silentLog } = {}) {
      const database = openSqlite(join(dataDirectory, 'library.db'))
      const options = { database, folders, dataDirectory, log, clock: systemClock }
      const library = await openLibrary(language === undefined ? options : { ...options, language })
      let isOpen = true
      async function close(): Promise<void> {
        if (!isOpen) return
        isOpen = false
        await library.close()
        database.close()
      }
      closings.push(close)
      return new Proxy(library, {
        get: (target, name) => (name === 'close' ? close : Reflect.get(target, name)),
      })
    },
  }
}
