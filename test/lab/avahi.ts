// avahi as a peer: a daemon with a bus of its own in one machine of the lab. Needs avahi-daemon, avahi-utils, dbus.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from './eventually.ts'
import type { Ending, Machine } from './namespaces.ts'
import type { Running } from './process.ts'

export const avahiPrograms = ['avahi-daemon', 'avahi-browse', 'avahi-publish', 'dbus-daemon'] as const

export interface AvahiService {
  readonly protocol: 'IPv4' | 'IPv6'
  readonly name: string
  readonly type: string
  readonly hostName: string
  readonly address: string
  readonly port: number
  /** `key=value` in the order avahi prints them. */
  readonly txt: readonly string[]
}

export interface Avahi {
  /** Everything of this type that avahi can resolve now (`avahi-browse -rtp`). */
  browse(type: string): Promise<AvahiService[]>
  /** Asks again until one of these names is resolved. */
  find(type: string, name: string, deadlineMs?: number): Promise<AvahiService>
  /** Resolves once avahi holds the name; withdraw by `stop()` of the process. */
  publish(name: string, type: string, port: number, txt?: readonly string[]): Promise<Running>
  readonly busAddress: string
}

export interface AvahiOptions {
  readonly hostName?: string
  readonly ipv4?: boolean
  readonly ipv6?: boolean
}

export async function startAvahi(
  t: Ending,
  machine: Machine,
  { hostName = machine.name, ipv4 = true, ipv6 = true }: AvahiOptions = {},
): Promise<Avahi> {
  const directory = await mkdtemp(join(tmpdir(), 'tonearm-avahi-'))
  t.after(() => rm(directory, { recursive: true, force: true }))
  const busAddress = `unix:path=${directory}/bus`
  const env = { DBUS_SYSTEM_BUS_ADDRESS: busAddress, LC_ALL: 'C.UTF-8' }
  await writeFile(join(directory, 'bus.conf'), busConfiguration(busAddress))
  await writeFile(join(directory, 'avahi.conf'), avahiConfiguration(hostName, ipv4, ipv6))

  const bus = machine.spawn('dbus-daemon', [
    `--config-file=${directory}/bus.conf`,
    '--nofork',
    '--nopidfile',
    '--print-address',
  ])
  await bus.line('unix:path')
  const daemon = machine.spawn(
    'avahi-daemon',
    ['--no-drop-root', '--no-chroot', '-f', `${directory}/avahi.conf`],
    { env, ownDirectories: ['/run/avahi-daemon'] },
  )
  await daemon.errorLine('Server startup complete', 15_000)

  const browse = async (type: string) => {
    const browser = machine.spawn('avahi-browse', ['-rtp', type], { env })
    await browser.exit
    return browser.lines.flatMap(parseBrowseLine)
  }
  return {
    busAddress,
    browse,
    find: (type, name, deadlineMs) =>
      eventually(
        `avahi resolving "${name}" ${type}`,
        async () => (await browse(type)).find((service) => service.name === name),
        deadlineMs,
      ),
    async publish(name, type, port, txt = []) {
      const publisher = machine.spawn('avahi-publish', ['-s', name, type, `${port}`, ...txt], { env })
      await publisher.errorLine('Established under name')
      return publisher
    },
  }
}

/** `=;eth0;IPv4;Dr\.\032Dre;_x._tcp;local;host.local;10.0.0.1;3689;"k=v" "k2=v"`; other lines give nothing. */
export function parseBrowseLine(line: string): AvahiService[] {
  const match = /^=;[^;]*;(IPv4|IPv6);([^;]*);([^;]*);[^;]*;([^;]*);([^;]*);(\d+);(.*)$/.exec(line)
  if (!match) return []
  const [, protocol = '', name = '', type = '', hostName = '', address = '', port = '', txt = ''] = match
  return [
    {
      protocol: protocol === 'IPv6' ? 'IPv6' : 'IPv4',
      name: unescape(name),
      type,
      hostName,
      address,
      port: Number(port),
      txt: [...txt.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((entry) => unescape(entry[1] ?? '')),
    },
  ]
}

/** avahi writes odd bytes as `\DDD` (decimal) and dots as `\.`. */
function unescape(text: string): string {
  const bytes: number[] = []
  for (const [part] of text.matchAll(/\\\d{3}|\\.|[^\\]+/gsu)) {
    if (/^\\\d{3}$/.test(part)) bytes.push(Number(part.slice(1)))
    else bytes.push(...new TextEncoder().encode(part.startsWith('\\') ? part.slice(1) : part))
  }
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

const busConfiguration = (address: string) => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

const avahiConfiguration = (hostName: string, ipv4: boolean, ipv6: boolean) => `[server]
host-name=${hostName}
use-ipv4=${ipv4 ? 'yes' : 'no'}
use-ipv6=${ipv6 ? 'yes' : 'no'}
[publish]
publish-aaaa-on-ipv4=yes
publish-a-on-ipv6=no
`
