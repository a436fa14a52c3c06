// The rules of this machine's own firewall that hold packets back, as far as we may read them.

import { outputOf } from './program.ts'

export interface FirewallRules {
  /** False without the right to read them, or where none of the programs is. */
  readonly isReadable: boolean
  /** Rules that drop or reject, one line each. */
  readonly holding: readonly string[]
}

const mostRules = 20

export async function firewallRules(): Promise<FirewallRules> {
  const [nft, iptables] = await Promise.all([outputOf('nft', 'list', 'ruleset'), outputOf('iptables-save')])
  return judgeRules([nft, iptables])
}

/** From what `nft list ruleset` and `iptables-save` print; undefined where one said nothing. */
function judgeRules(texts: readonly (string | undefined)[]): FirewallRules {
  const lines = texts.flatMap((text) => text?.split('\n') ?? []).map((line) => line.trim())
  const holding = lines.filter((line) => /\b(?:drop|reject|DROP|REJECT)\b/.test(line))
  return { isReadable: texts.some((text) => text !== undefined), holding: holding.slice(0, mostRules) }
}
