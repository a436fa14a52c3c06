// `tonearm queue`: what has played, what plays, what comes next.

import type { Command } from 'commander'
import type { QueuePlace, QueueSong, Remote } from '../remote/node.ts'
import { badUse, doingWithRemote, newCommand, type Work, wholeNumber } from './command.ts'
import { type Column, jsonLine, line, remark, table } from './output.ts'
import { describe, matchWanted, type PlayWhat } from './play.ts'
import { timeText } from './text.ts'

const common = { isData: true, isRemote: true } as const
const usualCount = 50

export const queueCommand: Command = newCommand({
  name: 'queue',
  says: 'Show or change what comes next.',
  example: 'queue next "so what"',
  ...common,
})

const columns: Column[] = [
  { title: '#', align: 'right' },
  { title: 'TITLE', isElastic: true },
  { title: 'ARTIST', isElastic: true },
  { title: 'ALBUM', isElastic: true },
  { title: 'TIME', align: 'right' },
  { title: '' },
]

const list = doingWithRemote<{ count?: number; history?: boolean }>(
  newCommand({ name: 'list', says: 'Show it.', example: 'queue list --count 10', ...common })
    .option('--count <songs>', 'at most this many', wholeNumber(1, 10_000))
    .option('--history', 'show what has played instead'),
  async (remote, { options, signal }) => {
    const count = options.count ?? usualCount
    const { songs } = await remote.queue({ span: options.history ? -count : count, signal })
    if (options.json) return jsonLine(songs)
    if (songs.length === 0) return line(options.history ? 'Nothing has played yet.' : 'Nothing comes next.')
    table(columns, songs.map(row))
  },
)

function row({ offset, title, artist, album, durationMs, section }: QueueSong): string[] {
  return [String(offset), title, artist, album, timeText(durationMs), section === 'user' ? 'put up next' : '']
}

const what = ['--album', '--artist', '--song', '--playlist'] as const

function addCommand(name: string, says: string, place: QueuePlace): Command {
  const command = newCommand({ name, says, example: `queue ${name} "so what"`, ...common }).argument(
    '<text...>',
    'words of its name',
  )
  for (const option of what) command.option(option, `only look among ${option.slice(2)}s`)
  return doingWithRemote<PlayWhat>(command, async (remote, given) => {
    const item = await matchWanted(remote, given.words.join(' '), given.options, given.signal)
    remark(`${place === 'next' ? 'Next' : 'Added'}: ${describe(item)}`)
    await remote.playItem(item, { place, signal: given.signal })
    await showAfter(remote, given)
  })
}

const move = doingWithRemote(
  newCommand({ name: 'move', says: 'Put a song behind another one.', example: 'queue move 5 0', ...common })
    .argument('<number>', 'the song to move')
    .argument('<behind>', 'the song it goes behind; 0 is the one that plays'),
  async (remote, given) => {
    const [from, behind] = given.words.map(numberIn)
    if (from === undefined || behind === undefined || from === 0) throw badUse('a number of the list, from 1')
    await remote.moveQueueSong(from, behind, { signal: given.signal })
    await showAfter(remote, given)
  },
)

const remove = doingWithRemote(
  newCommand({ name: 'remove', says: 'Take songs out.', example: 'queue remove 3 4', ...common }).argument(
    '<number...>',
    'their numbers in the list',
  ),
  async (remote, given) => {
    const offsets = given.words.map(numberIn)
    if (offsets.some((offset) => offset === undefined || offset === 0))
      throw badUse('numbers of the list, from 1')
    await remote.removeQueueSongs(offsets as number[], { signal: given.signal })
    await showAfter(remote, given)
  },
)

const clear = doingWithRemote(
  newCommand({
    name: 'clear',
    says: 'Take everything out but the song that plays.',
    example: 'queue clear',
    ...common,
  }),
  async (remote, given) => {
    await remote.clearQueue({ signal: given.signal })
    await showAfter(remote, given)
  },
)

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

/** Programs get the queue as it is now; people have seen what they did. */
async function showAfter(remote: Remote, { options, signal }: Work): Promise<void> {
  if (options.json) jsonLine((await remote.queue({ signal })).songs)
}

queueCommand
  .addCommand(list, { isDefault: true })
  .addCommand(addCommand('add', 'Put something at its end.', 'end'))
  .addCommand(addCommand('next', 'Put something right behind the song that plays.', 'next'))
  .addCommand(move)
  .addCommand(remove)
  .addCommand(clear)
