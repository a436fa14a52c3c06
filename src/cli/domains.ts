// The `--domain` option of commands that look for somebody.

import { type Command, InvalidArgumentError } from 'commander'

export interface DomainFlags {
  readonly domain?: string[]
}

export function withDomainOption(command: Command): Command {
  return command.option(
    '--domain <domain>',
    'look in this DNS domain too (may be repeated; or TONEARM_DOMAINS)',
    collected,
  )
}

function collected(value: string, before: string[] = []): string[] {
  if (!/^[\w-]{1,63}(\.[\w-]{1,63})*\.?$/.test(value)) throw new InvalidArgumentError('It is no domain.')
  return [...before, value.replace(/\.$/, '')]
}
