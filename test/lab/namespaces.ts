// Several machines that are one: network namespaces joined by a bridge, for tests that need real multicast.
// Linux, root and iproute2 only: ask `needsNamespaces(t)` first.

import { spawnSync } from 'node:child_process'
import { eventually } from './eventually.ts'
import { type ProcessOptions, type Running, runProcess, startProcess } from './process.ts'

/** Whose end is also that of the machines: a test, or what else says when it is over. */
export interface Ending {
  after(end: () => void): void
}

export interface NetworkOptions {
  readonly machines: readonly string[]
  /** Both by default. Without IPv4 the links have no IPv4 address at all. */
  readonly ipv4?: boolean
  readonly ipv6?: boolean
  /** The first three numbers of its IPv4 addresses; 10.77.0 by default. */
  readonly ipv4Prefix?: string
  /** What comes before "::" in its IPv6 addresses; fd77 by default. */
  readonly ipv6Prefix?: string
}

export interface MachineProcessOptions extends ProcessOptions {
  /** Directories that this process and its children see empty and their own, such as `/run/avahi-daemon`. */
  readonly ownDirectories?: readonly string[]
  /** Directories under which they see another one: PATH: OTHER. */
  readonly boundDirectories?: Readonly<Record<string, string>>
}

export interface Machine {
  readonly name: string
  /** Its namespace. */
  readonly space: string
  /** The link inside the namespace. */
  readonly link: string
  /** `undefined` on a network without it. */
  readonly ipv4: string | undefined
  /** A unique local address (fd77::…), reachable without a scope. */
  readonly ipv6: string | undefined
  /** fe80::…, without scope; inside another machine its scope is that machine's `link`. */
  readonly linkLocal: string | undefined
  /** Killed when the test ends. */
  spawn(command: string, args: readonly string[], options?: MachineProcessOptions): Running
  /** Runs to the end and gives stdout; rejects unless the status is 0. */
  run(command: string, ...args: readonly string[]): Promise<string>
  /** Writes what passes the link into a pcap file, until `stop`. */
  capture(file: string): Promise<{ stop(): Promise<void> }>
  linkDown(): void
  linkUp(): void
}

export interface Network {
  readonly machines: ReadonlyMap<string, Machine>
  readonly ipv4Prefix: string
  readonly ipv6Prefix: string
  /** The namespace of its bridge br0. */
  readonly switchSpace: string
  /** Throws for a name that was not asked for. */
  machine(name: string): Machine
}

const prefix = 'tonelab'
const usualIpv6Prefix = 'fd77'
const usualPrefix = '10.77.0'
const link = 'eth0'
let networksMade = 0

/** Machines with names of this process's own; removed when the test ends, like those a killed run left. */
export async function createNetwork(t: Ending, options: NetworkOptions): Promise<Network> {
  removeLeftovers()
  networksMade += 1
  const stem = `${prefix}-${process.pid}-${networksMade}`
  const ends: (() => void)[] = []
  t.after(() => {
    for (const end of ends.toReversed()) end()
  })

  const switchSpace = `${stem}-switch`
  addSpace(switchSpace, ends)
  // With snooping on, the bridge swallows multicast that nobody asked for by IGMP.
  ip('-n', switchSpace, 'link', 'add', 'br0', 'type', 'bridge', 'mcast_snooping', '0')
  ip('-n', switchSpace, 'link', 'set', 'br0', 'up')

  const machines = new Map<string, Machine>()
  for (const [index, name] of options.machines.entries()) {
    const space = `${stem}-${name}`
    addSpace(space, ends)
    machines.set(name, joinMachine(space, switchSpace, name, index + 1, options, ends))
  }
  await everyoneHears([...machines.values()])
  return {
    machines,
    ipv4Prefix: options.ipv4Prefix ?? usualPrefix,
    ipv6Prefix: options.ipv6Prefix ?? usualIpv6Prefix,
    switchSpace,
    machine(name) {
      const machine = machines.get(name)
      if (!machine) throw new Error(`no machine "${name}" in this network`)
      return machine
    },
  }
}

function joinMachine(
  space: string,
  switchSpace: string,
  name: string,
  number: number,
  { ipv4 = true, ipv6 = true, ipv4Prefix = usualPrefix, ipv6Prefix = usualIpv6Prefix }: NetworkOptions,
  ends: (() => void)[],
): Machine {
  const port = `port${number}`
  ip('-n', switchSpace, 'link', 'add', port, 'type', 'veth', 'peer', 'name', link, 'netns', space)
  ip('-n', switchSpace, 'link', 'set', port, 'master', 'br0', 'up')
  const at = (...args: string[]) => ip('-n', space, ...args)
  const addresses = {
    ipv4: ipv4 ? `${ipv4Prefix}.${number}` : undefined,
    ipv6: ipv6 ? `${ipv6Prefix}::${number}` : undefined,
    linkLocal: ipv6 ? `fe80::${number}` : undefined,
  }
  const configure = () => {
    // Our own link-local address: the kernel's would be tentative for its first second.
    at('link', 'set', link, 'addrgenmode', 'none')
    at('link', 'set', link, 'up', 'multicast', 'on')
    if (ipv4) at('address', 'replace', `${addresses.ipv4}/24`, 'brd', '+', 'dev', link)
    if (ipv4) at('route', 'replace', '224.0.0.0/4', 'dev', link)
    if (ipv6) at('address', 'replace', `${addresses.ipv6}/64`, 'dev', link, 'nodad')
    if (ipv6) at('address', 'replace', `${addresses.linkLocal}/64`, 'dev', link, 'nodad')
  }
  at('link', 'set', 'lo', 'up')
  configure()

  const inside = (command: string, args: readonly string[], options: MachineProcessOptions = {}) => {
    const { ownDirectories = [], boundDirectories = {} } = options
    const mounts = [
      ...ownDirectories.map((path) => `mkdir -p ${path} && mount -t tmpfs tmpfs ${path}`),
      ...Object.entries(boundDirectories).map(([path, other]) => `mount --bind ${other} ${path}`),
    ]
    if (mounts.length === 0) return ['netns', 'exec', space, command, ...args]
    // `ip netns exec` has a mount namespace of its own, so these mounts end with the process.
    return ['netns', 'exec', space, 'sh', '-c', `${mounts.join(' && ')} && exec "$0" "$@"`, command, ...args]
  }
  const spawnInside: Machine['spawn'] = (command, args, options = {}) => {
    const running = startProcess('ip', inside(command, args, options), options)
    ends.push(() => running.child.kill('SIGKILL'))
    return running
  }

  return {
    name,
    space,
    link,
    ...addresses,
    spawn: spawnInside,
    run: (command, ...args) => runProcess('ip', inside(command, args)),
    async capture(file) {
      const tcpdump = spawnInside('tcpdump', ['-Z', 'root', '-U', '--immediate-mode', '-i', link, '-w', file])
      await tcpdump.errorLine('listening on')
      return {
        async stop() {
          await tcpdump.stop('SIGINT')
        },
      }
    },
    linkDown: () => at('link', 'set', link, 'down'),
    linkUp: configure,
  }
}

/** Waits until the first machine can ping all others. */
async function everyoneHears([first, ...others]: readonly Machine[]): Promise<void> {
  for (const other of others) {
    for (const address of [other.ipv4, other.ipv6, other.linkLocal && `${other.linkLocal}%${link}`]) {
      if (address === undefined) continue
      await eventually(`a ping from ${first?.name} to ${other.name} at ${address}`, () =>
        first?.run('ping', '-c', '1', '-W', '1', address).then(
          () => true,
          () => false,
        ),
      )
    }
  }
}

function addSpace(space: string, ends: (() => void)[]): void {
  ip('netns', 'add', space)
  ends.push(() => removeSpace(space))
}

function removeSpace(space: string): void {
  const pids = spawnSync('ip', ['netns', 'pids', space], { encoding: 'utf8' }).stdout ?? ''
  for (const pid of pids.split('\n').map(Number)) if (pid > 1) killQuietly(pid)
  spawnSync('ip', ['netns', 'delete', space])
}

/** Namespaces whose test process is gone. */
function removeLeftovers(): void {
  const listed = spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' }).stdout ?? ''
  for (const [, space, pid] of listed.matchAll(new RegExp(`^(${prefix}-(\\d+)-\\S+)`, 'gm'))) {
    if (space !== undefined && !isAlive(Number(pid))) removeSpace(space)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended meanwhile.
  }
}

export function ip(...args: string[]): void {
  const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`)
}
