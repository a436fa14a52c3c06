// discovery-agent.ts as a running program of a machine: told by commands, heard by events.

import type { AgentCommand } from './discovery-agent.ts'
import type { Machine } from './namespaces.ts'

export function startAgent(machine: Machine, hostLabel?: string) {
  const script = new URL('discovery-agent.ts', import.meta.url).pathname
  const running = machine.spawn(process.execPath, [script, ...(hostLabel === undefined ? [] : [hostLabel])])
  return {
    tell: (command: AgentCommand) => running.write(`${JSON.stringify(command)}\n`),
    lines: () => running.lines,
    /** The first event of this kind, about this name if one is given. */
    async event(kind: string, about?: string) {
      const line = await running.line(
        new RegExp(`^\\{"${kind}":${about === undefined ? '' : `.*${literal(about)}"`}`),
        30_000,
      )
      return JSON.parse(line)
    },
  }
}

export type Agent = ReturnType<typeof startAgent>

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
