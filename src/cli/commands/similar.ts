// `tonearm similar` lists what sounds like a song, `tonearm genius` plays it.

import { doingWithRemote, newCommand, wholeNumber } from '../command.ts'
import { jsonLine, table } from '../terminal/output.ts'
import { songColumns, songRow } from './browse.ts'
import { songMeant } from './rate.ts'
import { showStatus } from './status.ts'

const common = { isData: true, isRemote: true } as const
const usualCount = 25

export const similarCommand = doingWithRemote<{ limit?: number }>(
  newCommand({
    name: 'similar',
    says: 'List songs like the one that plays, or like another one.',
    example: 'similar "so what"',
    ...common,
  })
    .argument('[text...]', 'words of the name of a song')
    .option('--limit <songs>', 'at most this many', wholeNumber(1, 500)),
  async (remote, { words, options, signal }) => {
    const songId = await songMeant(remote, words.join(' '), signal)
    const songs = await remote.similarSongs(songId, { limit: options.limit ?? usualCount, signal })
    if (options.json) jsonLine(songs)
    else table(songColumns, songs.map(songRow))
  },
)

export const geniusCommand = doingWithRemote<{ mix?: boolean }>(
  newCommand({
    name: 'genius',
    says: 'Play the song that plays, or another one, and then songs like it.',
    example: 'genius "so what"',
    ...common,
  })
    .argument('[text...]', 'words of the name of a song')
    .option('--mix', 'let the host choose where to begin'),
  async (remote, { words, options, signal }) => {
    if (options.mix) await remote.playGeniusMix({ signal })
    else await remote.playSimilar(await songMeant(remote, words.join(' '), signal), { signal })
    await showStatus(remote, options)
  },
)
