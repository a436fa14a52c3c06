// How every command is made: the options all of them have, an example in its help, and what its work is given.

import { Command, InvalidArgumentError } from 'commander'
import { KnownError } from '../errors.ts'
import type { Remote } from '../remote/node.ts'
import { addDomainOption } from './reach/domains.ts'
import { interrupted } from './terminal/interrupt.ts'

export interface CommandFacts {
  readonly name: string
  readonly says: string
  /** Without `$ tonearm `. */
  readonly example: string
  /** Prints data, so it has --json. */
  readonly isData?: boolean
  /** Works with a host, so it has --host, and looks for it. */
  readonly isRemote?: boolean
  /** Looks for somebody by name, so it has --domain. */
  readonly isSearch?: boolean
}

export interface CommonOptions {
  readonly data?: string
  readonly json?: boolean
  readonly host?: string
  readonly domain?: readonly string[]
}

export function newCommand({ name, says, example, isData, isRemote, isSearch }: CommandFacts): Command {
  const command = new Command(name).description(says).option('--data <dir>', 'the data directory')
  if (isRemote) command.option('--host <name or address>', 'the host; without it the one used last', nonEmpty)
  if (isRemote || isSearch) addDomainOption(command)
  if (isData) command.option('--json', 'print JSON')
  return command
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError('(see what there is with --help)')
    .addHelpText('after', `\nExample:\n  $ tonearm ${example}`)
}

/** What a command's work is given. */
export interface Work<Options = unknown> {
  readonly options: CommonOptions & Options
  /** The arguments as typed; absent ones are undefined. */
  readonly words: readonly (string | undefined)[]
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

/** Gives a command its work. `Options` says what its own options are. */
export function doing<Options>(command: Command, work: (given: Work<Options>) => Promise<void>): Command {
  return command.action(async (...given: unknown[]) => {
    const words = given.slice(0, -2).flat() as (string | undefined)[]
    // Of a subcommand's parents too: `tonearm queue --host studio list`.
    const options = command.optsWithGlobals<CommonOptions & Options>()
    await work({ options, words, signal: interrupted })
  })
}

/** The same, for a command that works with a host. What finds one is loaded then: `tonearm host` starts without it. */
export function doingWithRemote<Options>(
  command: Command,
  work: (remote: Remote, given: Work<Options>) => Promise<void>,
): Command {
  return doing<Options>(command, async (given) => {
    const { withRemote } = await import('./reach/choose-host.ts')
    await withRemote(given, (remote) => work(remote, given))
  })
}

/** Wrong usage, in words: exit status 2. */
export function badUse(problem: string): KnownError {
  return new KnownError('BAD_USE', { problem })
}

/** For options that take a text. */
export function nonEmpty(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.')
  return text
}

/** For options that take a name that others are shown. */
export function visibleName(text: string): string {
  const longest = 100
  if (text.length > longest) throw new InvalidArgumentError(`It has at most ${longest} letters.`)
  return nonEmpty(text)
}

/** For options that take a whole number. */
export function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const number = Number(text)
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`)
    return number
  }
}
