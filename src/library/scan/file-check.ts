// What walks have met, compared with what is known: the files to read, and those that cannot be looked at.

import { type Stats, statSync } from 'node:fs'
import type { ScanFailure } from '../scan-progress.ts'
import type { KnownFiles } from './known-files.ts'
import { type FilesOfFolder, type KnownFile, readerVersion, type WalkedFile } from './messages.ts'
import { isGone, isUnreadableName, whyUnreadable } from './reasons.ts'
import { startOf } from './scope.ts'

/** Of files that are as they were nothing is kept but that they were met. */
export class FileCheck {
  readonly #known: KnownFiles
  readonly #isFull: boolean
  filesFound = 0
  readonly failures: ScanFailure[] = []
  /** Files of which the system does not say what they are. */
  readonly unreachable: string[] = []
  #toRead: WalkedFile[] = []

  /** `isFull`: every file is to be read. */
  constructor(known: KnownFiles, isFull: boolean) {
    this.#known = known
    this.#isFull = isFull
  }

  check({ path: inside, folder, names }: FilesOfFolder): void {
    const start = startOf(inside)
    for (const name of names) {
      const path = start + name
      const stats = this.#look(path)
      if (!stats?.isFile()) continue
      this.filesFound += 1
      const before = this.#known.meet(path, inside)
      if (this.#isFull || before === undefined || !isSame(before, stats))
        this.#toRead.push(walkedFile(path, folder, stats))
    }
  }

  get countToRead(): number {
    return this.#toRead.length
  }

  /** Those that are new or changed since it was asked last. */
  takeToRead(): WalkedFile[] {
    const files = this.#toRead
    this.#toRead = []
    return files
  }

  #look(path: string): Stats | undefined {
    try {
      const stats = statSync(path, { throwIfNoEntry: false })
      if (stats === undefined && isUnreadableName(path))
        this.failures.push({ path, reason: 'Its name is not valid text (UTF-8). Rename it.' })
      return stats
    } catch (error) {
      if (isGone(error)) return undefined
      this.failures.push({ path, reason: whyUnreadable(error) })
      this.unreachable.push(path)
      return undefined
    }
  }
}

const inodeOf = ({ ino }: Stats) => ino % 2 ** 52

function walkedFile(path: string, folder: string, stats: Stats): WalkedFile {
  return { path, folder, sizeBytes: stats.size, mtimeMs: Math.floor(stats.mtimeMs), inode: inodeOf(stats) }
}

function isSame(before: KnownFile, stats: Stats): boolean {
  return (
    before.sizeBytes === stats.size &&
    before.mtimeMs === Math.floor(stats.mtimeMs) &&
    before.inode === inodeOf(stats) &&
    before.readerVersion === readerVersion
  )
}
