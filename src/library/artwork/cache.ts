// Pictures that were made, kept in a folder: a cache, so every failure here is only a miss.

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artwork } from '../items.ts'

const endings = { 'image/jpeg': 'jpg', 'image/png': 'png' } as const
/** After clearing up so much of the limit is left, so that it is not done for every picture. */
const fillAfterClearing = 0.8

export interface ArtworkCache {
  get(key: string): Promise<Artwork | undefined>
  put(key: string, artwork: Artwork): Promise<void>
}

export function artworkCache(folder: string, limitBytes: number): ArtworkCache {
  /** Undefined until the folder was looked through once. */
  let bytesKept: number | undefined
  let bytesPutMeanwhile = 0
  let clearing: Promise<void> | undefined

  async function list() {
    const files = []
    for (const name of await readdir(folder)) {
      const path = join(folder, name)
      const stats = await stat(path).catch(() => undefined)
      if (stats) files.push({ path, sizeBytes: stats.size, mtimeMs: stats.mtimeMs })
    }
    return files.sort((a, b) => a.mtimeMs - b.mtimeMs)
  }

  /** The oldest go first. */
  async function clear(): Promise<void> {
    bytesPutMeanwhile = 0
    const files = await list()
    let kept = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    for (const { path, sizeBytes } of kept > limitBytes ? files : []) {
      if (kept <= limitBytes * fillAfterClearing) break
      await rm(path, { force: true })
      kept -= sizeBytes
    }
    bytesKept = kept + bytesPutMeanwhile
  }

  const pathOf = (key: string, ending: string) =>
    join(folder, `${createHash('sha1').update(key).digest('hex')}.${ending}`)

  return {
    async get(key) {
      for (const [mimeType, ending] of Object.entries(endings) as [Artwork['mimeType'], string][]) {
        const bytes = await readFile(pathOf(key, ending)).catch(() => undefined)
        if (bytes) return { bytes, mimeType }
      }
      return undefined
    },
    async put(key, { bytes, mimeType }) {
      const path = pathOf(key, endings[mimeType])
      const unfinished = `${path}.new`
      try {
        await mkdir(folder, { recursive: true })
        await writeFile(unfinished, bytes)
        await rename(unfinished, path)
        if (bytesKept !== undefined) bytesKept += bytes.length
        bytesPutMeanwhile += bytes.length
        if (bytesKept === undefined || bytesKept > limitBytes) {
          // Nobody waits for it: in a full cache it looks at tens of thousands of files.
          clearing ??= clear()
            .catch(() => {})
            .finally(() => {
              clearing = undefined
            })
        }
      } catch {
        // A full disk must not keep a picture from being seen.
      }
    },
  }
}
