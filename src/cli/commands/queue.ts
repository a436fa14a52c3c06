// `tonearm queue`: what has played, what plays, what comes next.

import type { Command } from 'commander'
import type { QueuePlace, QueuePosition, QueueSong, Remote } from '../../remote/node.ts'
import { badUse, doingWithRemote, newCommand, type Work, wholeNumber } from '../command.ts'
import { type Column, jsonLine, line, remark, table } from '../terminal/output.ts'
import { counted, printable, timeText } from '../terminal/text.ts'
import { describe, matchWanted, type PlayWhat } from './play.ts'
import { showStatus } from './status.ts'

const common = { isData: true, isRemote: true } as const
const usualCount = 50
const wholeQueue = 100_000

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
    .option('--count <songs>', 'at most this many', wholeNumber(1, wholeQueue))
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
    const before = await remote.status({ signal: given.signal })
    await remote.playItem(item, { place, signal: given.signal })
    if (before.state === 'stopped') remark('Nothing was playing, so it plays now.')
    await showAfter(remote, given)
  })
}

const play = doingWithRemote(
  newCommand({
    name: 'play',
    says: 'Play a song of the list; a negative number is one that has played.',
    example: 'queue play 3',
    ...common,
  })
    .argument('<number>', 'its number in the list')
    .allowUnknownOption(), // "-1" is no option
  async (remote, { words: [text = ''], options, signal }) => {
    if (!/^-?\d{1,6}$/.test(text)) throw badUse('a number of the list')
    await remote.playQueueSong(Number(text), { signal })
    await showStatus(remote, options)
  },
)

const move = doingWithRemote(
  newCommand({ name: 'move', says: 'Put a song behind another one.', example: 'queue move 5 0', ...common })
    .argument('<number>', 'the song to move')
    .argument('<behind>', 'the song it goes behind; 0 is the one that plays'),
  async (remote, given) => {
    const [from, behind] = given.words.map(placeIn)
    if (from === undefined || behind === undefined || from === 0) throw badUse(placesAre)
    if (behind !== 0 && typeof from !== typeof behind) throw badUse('two numbers, or two entries')
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
    const places = given.words.map(placeIn).filter(isUpNext)
    const kinds = new Set(places.map((place) => typeof place))
    if (places.length < given.words.length || kinds.size > 1) throw badUse(placesAre)
    await remote.removeQueueSongs(places, { signal: given.signal })
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

const undo = doingWithRemote(
  newCommand({
    name: 'undo',
    says: 'Take back what was done to it last, by whoever did it.',
    example: 'queue undo',
    ...common,
  }),
  async (remote, given) => {
    const { own } = await remote.status({ signal: given.signal })
    await remote.undo({ signal: given.signal })
    if (own?.undoable !== undefined) remark(`Taken back: ${printable(own.undoable)}`)
    await showAfter(remote, given)
  },
)

const save = doingWithRemote(
  newCommand({
    name: 'save',
    says: 'Make a playlist of the song that plays and all that comes next.',
    example: 'queue save "Sunday morning"',
    ...common,
  }).argument('<name>', 'of the new playlist'),
  async (remote, { words: [name = ''], options, signal }) => {
    const { playlistId, songCount } = await remote.saveQueue(name, { signal })
    if (options.json) jsonLine({ playlistId, songs: songCount })
    else line(`Saved ${counted(songCount, 'song')} as “${printable(name)}”`)
  },
)

const placesAre = 'numbers of the list, from 1; or entries (--json tells them), such as "#12"'

/** "5" is a number of the list, "#12" an entry, which stays the same whatever others do to the queue. */
function placeIn(text: string | undefined): QueuePosition | undefined {
  const match = /^(#?)(\d{1,9})$/.exec(text ?? '')
  if (!match) return undefined
  return match[1] === '#' ? { entryId: Number(match[2]) } : Number(match[2])
}

function isUpNext(place: QueuePosition | undefined): place is QueuePosition {
  return place !== undefined && place !== 0
}

/** Programs get the queue as it is now; people have seen what they did. */
async function showAfter(remote: Remote, { options, signal }: Work): Promise<void> {
  if (options.json) jsonLine((await remote.queue({ signal })).songs)
}

queueCommand
  .addCommand(list, { isDefault: true })
  .addCommand(play)
  .addCommand(addCommand('add', 'Put something at its end.', 'end'))
  .addCommand(addCommand('next', 'Put something right behind the song that plays.', 'next'))
  .addCommand(move)
  .addCommand(remove)
  .addCommand(clear)
  .addCommand(undo)
  .addCommand(save)
