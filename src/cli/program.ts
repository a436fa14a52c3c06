// The front door: finds the command, reads its arguments, shows what went wrong, says how it ended.
// Commands are loaded when they are asked for, so that `tonearm status` does not load a whole host.

import { Command, CommanderError } from 'commander'
import { KnownError } from '../errors.ts'
import { interrupted, stopOnInterrupt } from './terminal/interrupt.ts'
import { showError } from './terminal/show-error.ts'
import { endWhenUnread } from './terminal/unread.ts'
import { version } from './version.ts'

interface CommandRow {
  readonly name: string
  readonly says: string
  readonly load: () => Promise<Command>
}

const commands: readonly CommandRow[] = [
  {
    name: 'host',
    says: 'run a library host in the foreground',
    load: async () => (await import('./commands/host.ts')).hostCommand,
  },
  {
    name: 'open',
    says: 'make a one-time owner link to the page',
    load: async () => (await import('./commands/open.ts')).openCommand,
  },
  {
    name: 'find',
    says: 'list hosts, remotes that ask to be paired, and speakers, as they appear',
    load: async () => (await import('./commands/find.ts')).findCommand,
  },
  {
    name: 'doctor',
    says: 'say why a host, remote or speaker is not seen, and the fix',
    load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
  {
    name: 'relay',
    says: 'make hosts, pairing requests and speakers of one network appear in another',
    load: async () => (await import('./commands/relay.ts')).relayCommand,
  },
  {
    name: 'pair',
    says: 'pair this computer with a host: shows four digits and waits',
    load: async () => (await import('./commands/pair.ts')).pairCommand,
  },
  {
    name: 'wake',
    says: 'wake a host that sleeps, from here or through another one',
    load: async () => (await import('./commands/wake.ts')).wakeCommand,
  },
  {
    name: 'trust',
    says: 'list, show or change the certificates that are held of hosts from outside',
    load: async () => (await import('./commands/trust.ts')).trustCommand,
  },
  {
    name: 'accept',
    says: 'on the host: pair the remote that asks, by its four digits',
    load: async () => (await import('./commands/accept.ts')).acceptCommand,
  },
  {
    name: 'pairings',
    says: 'on the host: list, add or revoke paired remotes',
    load: async () => (await import('./commands/pairings.ts')).pairingsCommand,
  },
  {
    name: 'scan',
    says: 'on the host: look for new music now, see how far it is, call it off',
    load: async () => (await import('./commands/scan.ts')).scanCommand,
  },
  {
    name: 'status',
    says: 'show what plays',
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  {
    name: 'watch',
    says: 'follow every change',
    load: async () => (await import('./commands/watch.ts')).watchCommand,
  },
  {
    name: 'play',
    says: 'go on playing, or play what matches some words',
    load: async () => (await import('./commands/play.ts')).playCommand,
  },
  { name: 'pause', says: 'pause', load: async () => (await import('./commands/transport.ts')).pauseCommand },
  {
    name: 'toggle',
    says: 'play or pause',
    load: async () => (await import('./commands/transport.ts')).toggleCommand,
  },
  { name: 'stop', says: 'stop', load: async () => (await import('./commands/transport.ts')).stopCommand },
  {
    name: 'next',
    says: 'next song',
    load: async () => (await import('./commands/transport.ts')).nextCommand,
  },
  {
    name: 'previous',
    says: 'previous song, or this one again',
    load: async () => (await import('./commands/transport.ts')).previousCommand,
  },
  {
    name: 'seek',
    says: 'go to a place in the song, or some seconds on or back',
    load: async () => (await import('./commands/levels.ts')).seekCommand,
  },
  {
    name: 'wind',
    says: 'go through the song fast, as with a button held down',
    load: async () => (await import('./commands/wind.ts')).windCommand,
  },
  {
    name: 'sleep',
    says: 'let the music stop by itself',
    load: async () => (await import('./commands/sleep.ts')).sleepCommand,
  },
  {
    name: 'volume',
    says: 'show or set the volume; up, down, mute',
    load: async () => (await import('./commands/levels.ts')).volumeCommand,
  },
  {
    name: 'shuffle',
    says: 'show or set shuffle',
    load: async () => (await import('./commands/levels.ts')).shuffleCommand,
  },
  {
    name: 'repeat',
    says: 'show or set repeat',
    load: async () => (await import('./commands/levels.ts')).repeatCommand,
  },
  {
    name: 'replaygain',
    says: 'show or set how songs are made equally loud',
    load: async () => (await import('./commands/levels.ts')).replayGainCommand,
  },
  {
    name: 'rate',
    says: 'give a song 0 to 5 stars, like or dislike it',
    load: async () => (await import('./commands/rate.ts')).rateCommand,
  },
  {
    name: 'artists',
    says: 'list the artists',
    load: async () => (await import('./commands/browse.ts')).artistsCommand,
  },
  {
    name: 'albums',
    says: 'list the albums',
    load: async () => (await import('./commands/browse.ts')).albumsCommand,
  },
  {
    name: 'songs',
    says: 'list songs',
    load: async () => (await import('./commands/browse.ts')).songsCommand,
  },
  {
    name: 'playlists',
    says: 'list, show, make, edit or export playlists',
    load: async () => (await import('./commands/playlists.ts')).playlistsCommand,
  },
  {
    name: 'search',
    says: 'list the songs that match some words',
    load: async () => (await import('./commands/browse.ts')).searchCommand,
  },
  {
    name: 'similar',
    says: 'list songs like the one that plays',
    load: async () => (await import('./commands/similar.ts')).similarCommand,
  },
  {
    name: 'genius',
    says: 'play a song and then songs like it',
    load: async () => (await import('./commands/similar.ts')).geniusCommand,
  },
  {
    name: 'queue',
    says: 'show or change what comes next',
    load: async () => (await import('./commands/queue.ts')).queueCommand,
  },
  {
    name: 'speakers',
    says: 'show or choose where the sound goes',
    load: async () => (await import('./commands/speakers.ts')).speakersCommand,
  },
  {
    name: 'keys',
    says: 'steer the screen of an Apple TV',
    load: async () => (await import('./commands/keys.ts')).keysCommand,
  },
  {
    name: 'artwork',
    says: 'save the picture of what plays, or of an album',
    load: async () => (await import('./commands/artwork.ts')).artworkCommand,
  },
]

/** Exit status: 0 done, 1 failed, 2 wrong usage. */
async function main(words: readonly string[]): Promise<number> {
  const wanted = words[0] === 'help' ? words[1] : words[0]
  const program = await programFor(wanted)
  try {
    if (words.length === 0) return await showFrontPage(program)
    checkSubcommand(program, words)
    await program.parseAsync(words, { from: 'user' })
    // A command that ended well may still have bad news, as the doctor does.
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (interrupted.aborted && error === interrupted.reason) return 1
    return showError(error)
  }
}

/** A word that no subcommand is called by would reach the one that needs none, which says that it has too many. */
function checkSubcommand(program: Command, [name, word]: readonly string[]): void {
  const below = program.commands.find((command) => command.name() === name)?.commands ?? []
  const names = ['help', ...below.map((command) => command.name())]
  const takesWords = below.length === 0 || (below[0]?.registeredArguments.length ?? 0) > 0
  if (takesWords || word === undefined || word.startsWith('-') || names.includes(word)) return
  throw new KnownError('BAD_USE', {
    problem: `there is no "${name} ${word}"; there is ${names.slice(1).join(', ')}`,
  })
}

async function programFor(wanted: string | undefined): Promise<Command> {
  const program = new Command('tonearm')
    .description('A music library that every remote finds by itself, and the remote that finds it.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showHelpAfterError('(see what there is with --help)')
    .addHelpText('after', '\nExample:\n  $ tonearm play "kind of blue"')
  for (const row of commands) {
    const command = row.name === wanted ? await row.load() : new Command(row.name)
    program.addCommand(command.summary(row.says))
  }
  throwInsteadOfExit(program)
  return program
}

/** When all is said: nobody waits for it. */
async function clearOldCode(): Promise<void> {
  const { clearCompiled, compiledFolder } = await import('./compiled-code.ts')
  const folder = compiledFolder()
  if (folder !== undefined) clearCompiled(folder, Date.now())
}

function throwInsteadOfExit(command: Command): void {
  command.exitOverride()
  for (const below of command.commands) throwInsteadOfExit(below)
}

/** `tonearm` alone: what plays, when there is a host to ask, and what one can do. */
async function showFrontPage(program: Command): Promise<number> {
  if (process.stdout.isTTY) await (await import('./commands/status.ts')).showStatusIfAny()
  program.outputHelp()
  return 0
}

endWhenUnread()
stopOnInterrupt()
process.exitCode = await main(process.argv.slice(2))
await clearOldCode()
