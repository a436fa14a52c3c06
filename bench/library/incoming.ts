// A second music folder, into which songs are copied while remotes wait for news.

import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mp3 } from './files/mp3.ts'

export class Incoming {
  readonly folder: string
  readonly #source: string

  /** With one song in it from the start: an empty folder would be taken for a drive that is not plugged in. */
  constructor(work: string) {
    this.folder = join(work, 'incoming')
    this.#source = join(work, 'new.mp3')
    mkdirSync(this.folder)
    this.copyIn(0)
  }

  /** The title of the song that lies in the folder from now on. */
  copyIn(number: number): string {
    const title = `Newcomer ${number}`
    writeFileSync(this.#source, song(title, number))
    copyFileSync(this.#source, join(this.folder, `${title}.mp3`))
    rmSync(this.#source)
    return title
  }
}

function song(title: string, number: number): Buffer {
  const tags = { title, artist: 'Somebody New', album: 'Just In', genre: 'Pop', date: '2026' }
  return mp3(
    {
      path: '',
      format: 'mp3',
      seed: 0x7fff_0000 + number,
      durationMs: 1000,
      tags: { ...tags, trackNumber: number + 1, trackCount: 9, isCompilation: false },
    },
    undefined,
  )
}
