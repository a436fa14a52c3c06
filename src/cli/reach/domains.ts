// The `--domain` option of every command that looks for somebody.

import { type Command, InvalidArgumentError } from 'commander'

export function addDomainOption(command: Command): void {
  command.option(
    '--domain <domain>',
    'look in this DNS domain too (may be repeated; or TONEARM_DOMAINS)',
    collected,
  )
}

function collected(value: string, before: string[] = []): string[] {
  if (!/^[\w-]{1,63}(\.[\w-]{1,63})*\.?$/.test(value)) throw new InvalidArgumentError('It is no domain.')
  return [...before, value.replace(/\.$/, '')]
}
