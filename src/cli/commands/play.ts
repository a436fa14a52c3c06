// `tonearm play`: goes on, or plays what some words mean.

import type { Playable, Remote } from '../../remote/node.ts'
import { badUse, doingWithRemote, newCommand } from '../command.ts'
import { remark } from '../terminal/output.ts'
import { printable } from '../terminal/text.ts'
import { matchAlbum, matchAnything, matchArtist, matchPlaylist, matchSong } from './best-match.ts'
import { showStatus } from './status.ts'

export interface PlayWhat {
  readonly album?: boolean
  readonly artist?: boolean
  readonly song?: boolean
  readonly playlist?: boolean
}

export const playCommand = doingWithRemote<PlayWhat & { shuffled?: boolean }>(
  newCommand({
    name: 'play',
    says: 'Go on playing; or play what matches best: an album, else a playlist, an artist, a song.',
    example: 'play "kind of blue"',
    isData: true,
    isRemote: true,
  })
    .argument('[text...]', 'words of its name')
    .option('--album', 'an album')
    .option('--artist', 'an artist')
    .option('--song', 'a song, and the rest of its album')
    .option('--playlist', 'a playlist')
    .option('--shuffled', 'in random order'),
  async (remote, { words, options, signal }) => {
    const text = words.join(' ').trim()
    if (text === '') {
      if (kindsIn(options).length > 0) throw badUse('the name is missing')
      await remote.play({ signal })
    } else {
      const item = await matchWanted(remote, text, options, signal)
      remark(`Playing ${describe(item)}`)
      await remote.playItem(item, { signal, isShuffled: options.shuffled === true })
    }
    await showStatus(remote, options)
  },
)

const matchers = {
  album: matchAlbum,
  artist: matchArtist,
  song: matchSong,
  playlist: matchPlaylist,
} as const satisfies Record<keyof PlayWhat, unknown>

/** For `queue add` too. */
export async function matchWanted(
  remote: Remote,
  text: string,
  options: PlayWhat,
  signal: AbortSignal,
): Promise<Playable> {
  const [kind, ...others] = kindsIn(options)
  if (others.length > 0) throw badUse('only one of --album, --artist, --song and --playlist at a time')
  return kind ? matchers[kind](remote, text, signal) : matchAnything(remote, text, signal)
}

function kindsIn(options: PlayWhat): (keyof PlayWhat)[] {
  return (Object.keys(matchers) as (keyof PlayWhat)[]).filter((kind) => options[kind])
}

/** `the album “Kind of Blue” by Miles Davis`. */
export function describe(item: Playable): string {
  if (item.kind === 'artist' || item.kind === 'playlist') return `the ${item.kind} “${printable(item.name)}”`
  const by = item.artist === '' ? '' : ` by ${printable(item.artist)}`
  return `the ${item.kind} “${printable(item.title)}”${by}`
}
