// The hardware address of a machine on the link, as the system has learned it by talking with it.

import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { isIP, isIPv4 } from 'node:net'
import { promisify } from 'node:util'
import { withoutScope } from './addresses.ts'

const run = promisify(execFile)
const patienceMs = 2000

/** Six hex pairs with colons; undefined when the system knows none, or cannot be asked. */
export async function hardwareAddressOf(address: string): Promise<string | undefined> {
  const plain = withoutScope(address)
  if (isIP(plain) === 0) return undefined
  const inTable = isIPv4(plain) ? macInArpTable(await readQuietly('/proc/net/arp'), plain) : undefined
  return inTable ?? (await askSystem(address, plain))
}

/** The table of Linux: address, type, flags (2: complete), MAC, mask, device. */
export function macInArpTable(table: string, address: string): string | undefined {
  for (const line of table.split('\n')) {
    const [found, , flags, mac = ''] = line.split(/\s+/)
    if (found === address && (Number(flags) & 2) === 2) return macIn(mac)
  }
  return undefined
}

/** `fe80::1 dev eth0 lladdr d4:9a:20:d1:5e:63 REACHABLE` of `ip`, `? (10.0.0.1) at d4:9a:20:d1:5e:63 on en0` of `arp`. */
export function macIn(text: string): string | undefined {
  const [mac] = /\b[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5}\b(?![:\w])/i.exec(text) ?? []
  const padded = mac
    ?.toLowerCase()
    .split(':')
    .map((pair) => pair.padStart(2, '0'))
  return padded && padded.some((pair) => pair !== '00') ? padded.join(':') : undefined
}

async function askSystem(address: string, plain: string): Promise<string | undefined> {
  const scope = address.split('%')[1]
  const [program, ...args] =
    process.platform === 'linux'
      ? ['ip', 'neigh', 'show', 'to', plain, ...(scope === undefined ? [] : ['dev', scope])]
      : isIPv4(plain)
        ? ['arp', '-n', plain]
        : ['ndp', '-n', plain]
  try {
    const { stdout } = await run(program as string, args, { timeout: patienceMs })
    return macIn(stdout.replaceAll(plain, ''))
  } catch {
    return undefined // no such program, or no such neighbour
  }
}

async function readQuietly(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return ''
  }
}
