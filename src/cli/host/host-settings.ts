// What `tonearm host` was told: flags over environment over the TOML file over defaults.
// The schema is loaded only when there is something to hold against it: most hosts are told by flags alone.

import { delimiter } from 'node:path'
import { KnownError } from '../../errors.ts'
import type { HostSettings } from './host-settings-schema.ts'

export type { HostSettings } from './host-settings-schema.ts'

type SettingName = keyof HostSettings

const kinds: Readonly<Record<SettingName, 'text' | 'texts' | 'folders' | 'number' | 'switch'>> = {
  folders: 'folders',
  name: 'text',
  port: 'number',
  listen: 'texts',
  'secure-port': 'number',
  certificate: 'text',
  key: 'text',
  outputs: 'texts',
  announce: 'switch',
  share: 'switch',
  'share-password': 'text',
  'allowed-hosts': 'texts',
  'allowed-networks': 'texts',
  rescan: 'switch',
}

/** `TONEARM_` and the setting's name in capitals: TONEARM_SHARE_PASSWORD, TONEARM_ALLOWED_HOSTS … */
export async function settingsFromEnvironment(environment: NodeJS.ProcessEnv): Promise<HostSettings> {
  const found: Record<string, unknown> = {}
  for (const [name, kind] of Object.entries(kinds)) {
    const variable = `TONEARM_${name.toUpperCase().replaceAll('-', '_')}`
    const text = environment[variable]
    if (text === undefined || text === '') continue
    found[name] = valueOf(kind, text)
  }
  return checked(found, 'the environment')
}

/** BAD_SETTING names the file, and the line or the setting. */
export async function settingsFromToml(text: string, file: string): Promise<HostSettings> {
  const { parse, TomlError } = await import('smol-toml')
  let table: Record<string, unknown>
  try {
    table = parse(text)
  } catch (error) {
    const line = error instanceof TomlError ? { line: error.line } : {}
    throw new KnownError('BAD_SETTING', { where: file, ...line, problem: firstLine(error) }, error)
  }
  return checked(table, file)
}

/** The first source that has a setting wins. */
export function mergeSettings(...sources: readonly HostSettings[]): HostSettings {
  return Object.assign({}, ...sources.toReversed())
}

async function checked(table: Record<string, unknown>, where: string): Promise<HostSettings> {
  if (Object.keys(table).length === 0) return {}
  const unknown = Object.keys(table).find((name) => !Object.hasOwn(kinds, name))
  if (unknown !== undefined) {
    const problem = `there is no such setting; there are ${Object.keys(kinds).join(', ')}`
    throw new KnownError('BAD_SETTING', { where, setting: unknown, problem })
  }
  const { checker } = await import('./host-settings-schema.ts')
  if (checker.Check(table)) return table
  const first = checker.Errors(table)[0]
  const setting = first?.instancePath.split('/')[1] ?? ''
  throw new KnownError('BAD_SETTING', { where, setting, problem: first?.message ?? 'not understood' })
}

function valueOf(kind: (typeof kinds)[SettingName], text: string): unknown {
  if (kind === 'number') return /^\d+$/.test(text) ? Number(text) : text
  if (kind === 'switch')
    return /^(1|true|yes|on)$/i.test(text) ? true : /^(0|false|no|off)$/i.test(text) ? false : text
  if (kind === 'texts') return text.split(',').map((item) => item.trim())
  if (kind === 'folders') return text.split(delimiter)
  return text
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
