// `tonearm artwork`: the picture of what plays, or of an album, as a file or on a pipe.

import { writeFile } from 'node:fs/promises'
import { InvalidArgumentError } from 'commander'
import { KnownError } from '../../errors.ts'
import type { Remote } from '../../remote/node.ts'
import { badUse, doingWithRemote, newCommand, wholeNumber } from '../command.ts'
import { jsonLine, line } from '../terminal/output.ts'
import { matchAlbum } from './best-match.ts'

export const artworkCommand = doingWithRemote<{ album?: string; size?: number }>(
  newCommand({
    name: 'artwork',
    says: 'Save the picture of what plays, or of an album.',
    example: 'artwork cover.jpg',
    isData: true,
    isRemote: true,
  })
    .argument('[file]', 'where to; without it the picture goes to the pipe', fileName)
    .option('--album <name>', 'of this album instead of what plays')
    .option('--size <pixels>', 'the box it must fit into', wholeNumber(16, 4096)),
  async (remote, { words: [file], options, signal }) => {
    if (file === undefined && (process.stdout.isTTY || options.json))
      throw badUse('name a file, such as cover.jpg, or send the picture into a pipe')
    const of = await pictured(remote, options.album, signal)
    const picture = await remote.artwork(of, { widthPixels: options.size ?? 1024, signal })
    if (!picture) throw await whyNone(remote, of, signal)
    if (file === undefined) {
      process.stdout.write(picture.bytes)
      return
    }
    await saved(file, picture.bytes)
    if (options.json) jsonLine({ file, mediaType: picture.mediaType, sizeBytes: picture.bytes.length })
    else line(`Saved ${file} (${picture.mediaType}, ${Math.ceil(picture.bytes.length / 1024)} kB)`)
  },
)

/** Whoever names an album here would get a file that is called so. */
function fileName(text: string): string {
  if (/[./\\]/.test(text)) return text
  throw new InvalidArgumentError(
    `A file is called like cover.jpg. The picture of an album: --album "${text}" and a file.`,
  )
}

type Pictured = Awaited<ReturnType<typeof pictured>>

async function whyNone(remote: Remote, of: Pictured, signal: AbortSignal): Promise<KnownError> {
  if (of !== 'now-playing' || (await remote.status({ signal })).track) return new KnownError('NO_PICTURE')
  return new KnownError('NOTHING_TO_PLAY', { reason: 'nothing plays; name an album with --album' })
}

async function pictured(remote: Remote, album: string | undefined, signal: AbortSignal) {
  return album === undefined ? 'now-playing' : matchAlbum(remote, album, signal)
}

async function saved(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes)
  } catch (error) {
    throw new KnownError('CANNOT_WRITE', { file, reason: (error as NodeJS.ErrnoException).code }, error)
  }
}
