// `tonearm playlists`: lists them, shows, makes, edits and exports one.

import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { KnownError } from '../../errors.ts'
import type { Playlist, Remote, Song } from '../../remote/node.ts'
import { badUse, doingWithRemote, newCommand, type Work } from '../command.ts'
import { type Column, jsonLine, line, remark, table } from '../terminal/output.ts'
import { printable, timeText } from '../terminal/text.ts'
import { fit, matchPlaylist } from './best-match.ts'
import { playlistListCommand } from './browse.ts'
import { describe, matchWanted, type PlayWhat } from './play.ts'

const common = { isData: true, isRemote: true } as const
const playlistText = 'its name, or #number'

export const playlistsCommand: Command = newCommand({
  name: 'playlists',
  says: 'List, show, make, edit or export playlists.',
  example: 'playlists add "road trip" "so what"',
  ...common,
})

const columns: Column[] = [
  { title: '#', align: 'right' },
  { title: 'TITLE', isElastic: true },
  { title: 'ARTIST', isElastic: true },
  { title: 'ALBUM', isElastic: true },
  { title: 'TIME', align: 'right' },
]

const show = doingWithRemote(
  newCommand({
    name: 'show',
    says: 'Show the songs of one.',
    example: 'playlists show "road trip"',
    ...common,
  }).argument('<playlist>', 'words of its name, or #number'),
  async (remote, given) => {
    const { id } = await playlistLike(remote, given)
    await showSongs(remote, given, id)
  },
)

const longestName = 255

function nameFrom(word = ''): string {
  const name = word.trim()
  if (name === '' || name.length > longestName) throw badUse(`a name has 1 to ${longestName} characters`)
  return name
}

const make = doingWithRemote<{ rules?: string }>(
  newCommand({ name: 'make', says: 'Make one.', example: 'playlists make "road trip"', ...common })
    .argument('[name]', 'its name; the file of rules says its own')
    .option(
      '--rules <file>',
      'a smart one, by the rules in this file (docs/smart-playlists.md); - reads them from here',
    ),
  async (remote, { options, words: [name], signal }) => {
    if ((name === undefined) === (options.rules === undefined)) throw badUse('either a name or --rules FILE')
    const id =
      options.rules === undefined
        ? await remote.makePlaylist(nameFrom(name), { signal })
        : await remote.makeSmartPlaylist(textOf(options.rules), { signal })
    await tell(remote, { options, signal }, id, 'Made')
  },
)

const add = doingWithRemote<PlayWhat>(
  ['--album', '--artist', '--song', '--playlist'].reduce(
    (command, option) => command.option(option, `only look among ${option.slice(2)}s`),
    newCommand({
      name: 'add',
      says: 'Put a song, an album, an artist or another playlist at its end.',
      example: 'playlists add "road trip" "so what"',
      ...common,
    })
      .argument('<playlist>', playlistText)
      .argument('<text...>', 'words of what goes in'),
  ),
  async (remote, given) => {
    const playlist = await playlistNamed(remote, given)
    const text = given.words.slice(1).join(' ')
    const item = await matchWanted(remote, text, given.options, given.signal)
    const added = await remote.addToPlaylist(playlist.id, item, { signal: given.signal })
    const songs = added.length === 1 ? 'one song' : `${added.length} songs`
    remark(`Added to ${printable(playlist.name)}: ${describe(item)} (${songs})`)
    if (given.options.json) await showSongs(remote, given, playlist.id)
  },
)

const remove = doingWithRemote(
  newCommand({
    name: 'remove',
    says: 'Take songs out.',
    example: 'playlists remove "road trip" 3 4',
    ...common,
  })
    .argument('<playlist>', playlistText)
    .argument('<number...>', 'their numbers in `playlists show`'),
  async (remote, given) => {
    const playlist = await playlistNamed(remote, given)
    const entryAt = await entriesOf(remote, playlist.id, given.signal)
    const entryIds = given.words.slice(1).map((number) => entryAt(number))
    await remote.removeFromPlaylist(playlist.id, entryIds, { signal: given.signal })
    if (given.options.json) await showSongs(remote, given, playlist.id)
  },
)

const move = doingWithRemote(
  newCommand({
    name: 'move',
    says: 'Put a song behind another one.',
    example: 'playlists move "road trip" 5 0',
    ...common,
  })
    .argument('<playlist>', playlistText)
    .argument('<number>', 'the song to move, by its number in `playlists show`')
    .argument('<behind>', 'the one it goes behind; 0: to the beginning'),
  async (remote, given) => {
    const playlist = await playlistNamed(remote, given)
    const [, number, behind] = given.words
    const entryAt = await entriesOf(remote, playlist.id, given.signal)
    const behindId = behind === '0' ? 0 : entryAt(behind)
    await remote.moveInPlaylist(playlist.id, entryAt(number), behindId, { signal: given.signal })
    if (given.options.json) await showSongs(remote, given, playlist.id)
  },
)

const rename = doingWithRemote(
  newCommand({
    name: 'rename',
    says: 'Give it another name.',
    example: 'playlists rename "road trip" "journey"',
    ...common,
  })
    .argument('<playlist>', playlistText)
    .argument('<name>', 'the new name'),
  async (remote, given) => {
    const playlist = await playlistNamed(remote, given)
    await remote.renamePlaylist(playlist.id, nameFrom(given.words[1]), { signal: given.signal })
    await tell(remote, given, playlist.id, 'Renamed')
  },
)

const deleteOne = doingWithRemote(
  newCommand({
    name: 'delete',
    says: 'Delete it; its songs stay.',
    example: 'playlists delete "road trip"',
    ...common,
  }).argument('<playlist>', playlistText),
  async (remote, given) => {
    const playlist = await playlistNamed(remote, given)
    await remote.removePlaylist(playlist.id, { signal: given.signal })
    if (given.options.json) jsonLine({ id: playlist.id, name: playlist.name })
    else remark(`Deleted: ${printable(playlist.name)}`)
  },
)

const exportOne = doingWithRemote(
  newCommand({
    name: 'export',
    says: 'Write it as M3U8, with the paths of the host’s machine.',
    example: 'playlists export "road trip" trip.m3u8',
    ...common,
  })
    .argument('<playlist>', 'words of its name, or #number')
    .argument('[file]', 'where to; printed when left out'),
  async (remote, given) => {
    const { id, name } = await playlistLike(remote, given)
    const m3u8 = await remote.exportPlaylist(id, { signal: given.signal })
    const file = given.words[1]
    if (file !== undefined) write(file, m3u8)
    if (given.options.json) jsonLine(file === undefined ? { id, name, m3u8 } : { id, name, file })
    else if (file === undefined) process.stdout.write(m3u8)
    else remark(`Written: ${file}`)
  },
)

playlistsCommand.addCommand(playlistListCommand, { isDefault: true })
for (const command of [show, make, add, remove, move, rename, deleteOne, exportOne])
  playlistsCommand.addCommand(command)

/** Only the very one: what is changed must be what was meant. NO_MATCH, SEVERAL_MATCH. */
async function playlistNamed(remote: Remote, { words, signal }: Work): Promise<Playlist> {
  const text = words[0] ?? ''
  const { items } = await remote.playlists({ signal })
  const matching = items.filter(({ id, name }) => text === `#${id}` || fit(name, text) === 0)
  const [playlist, another] = matching
  if (!playlist) throw new KnownError('NO_MATCH', { kind: 'playlist', text })
  if (another) throw new KnownError('SEVERAL_MATCH', { them: matching.map(({ id }) => `#${id}`).join(', ') })
  return playlist
}

/** The very one, else the best that has these words. */
async function playlistLike(remote: Remote, given: Work): Promise<Playlist> {
  try {
    return await playlistNamed(remote, given)
  } catch (error) {
    if (!(error instanceof KnownError) || error.code !== 'NO_MATCH') throw error
    return matchPlaylist(remote, given.words[0] ?? '', given.signal)
  }
}

/** From numbers that people see to entries. */
async function entriesOf(remote: Remote, playlistId: number, signal: AbortSignal) {
  const { items } = await remote.playlistSongs(playlistId, { signal })
  return (text: string | undefined): number => {
    const song = /^[1-9]\d{0,6}$/.test(text ?? '') ? items[Number(text) - 1] : undefined
    if (song?.playlistEntryId === undefined) throw badUse(`numbers of its songs, from 1 to ${items.length}`)
    return song.playlistEntryId
  }
}

async function showSongs(remote: Remote, { options, signal }: Pick<Work, 'options' | 'signal'>, id: number) {
  const { items } = await remote.playlistSongs(id, { signal })
  if (options.json) return jsonLine(items)
  if (items.length === 0) return line('There is nothing in it.')
  table(columns, items.map(row))
}

function row({ title, artist, album, durationMs }: Song, index: number): string[] {
  return [String(index + 1), title, artist, album, timeText(durationMs)]
}

async function tell(
  remote: Remote,
  { options, signal }: Pick<Work, 'options' | 'signal'>,
  id: number,
  what: string,
): Promise<void> {
  const { items } = await remote.playlists({ signal })
  const playlist = items.find((item) => item.id === id)
  if (options.json) jsonLine(playlist ?? { id })
  else remark(`${what}: ${printable(playlist?.name ?? '')} (#${id})`)
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new KnownError('BAD_RULES', { where: file, problem: 'the file cannot be read' }, error)
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new KnownError('CANNOT_WRITE', { file }, error)
  }
}
