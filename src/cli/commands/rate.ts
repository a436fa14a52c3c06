// `tonearm rate`: stars, or liked and disliked, for the song that plays or one that is named.

import { KnownError } from '../../errors.ts'
import type { Feeling, Remote } from '../../remote/node.ts'
import { badUse, doingWithRemote, newCommand } from '../command.ts'
import { jsonLine } from '../terminal/output.ts'
import { matchSong } from './best-match.ts'

const feelings: Readonly<Record<string, Feeling>> = {
  like: 'liked',
  dislike: 'disliked',
  neutral: 'neutral',
}

export const rateCommand = doingWithRemote<{ song?: string }>(
  newCommand({
    name: 'rate',
    says: 'Give the song that plays 0 to 5 stars (0 takes them away); or like or dislike it.',
    example: 'rate 5',
    isData: true,
    isRemote: true,
  })
    .argument('<stars>', '0 to 5, halves too; or like, dislike, neutral')
    .option('--song <text>', 'this one instead of the one that plays'),
  async (remote, { words: [text = ''], options, signal }) => {
    const feeling = Object.hasOwn(feelings, text) ? feelings[text] : undefined
    const isStars = /^[0-5](\.5)?$/.test(text) && Number(text) <= 5
    if (!feeling && !isStars) throw badUse('a rating is 0 to 5 stars, or like, dislike or neutral')
    const songId = await songMeant(remote, options.song, signal)
    const ratingPercent = Number(text) * 20
    if (feeling) await remote.setFeeling(songId, feeling, { signal })
    else await remote.rate(songId, ratingPercent, { signal })
    if (options.json) jsonLine(feeling ? { songId, feeling } : { songId, ratingPercent })
  },
)

/** NO_MATCH; NOTHING_TO_PLAY without a text when nothing plays. */
export async function songMeant(
  remote: Remote,
  text: string | undefined,
  signal: AbortSignal,
): Promise<number> {
  if (text !== undefined && text !== '') return (await matchSong(remote, text, signal)).id
  const { track } = await remote.status({ signal })
  if (track?.songId === undefined)
    throw new KnownError('NOTHING_TO_PLAY', { reason: 'nothing plays; name a song' })
  return track.songId
}
