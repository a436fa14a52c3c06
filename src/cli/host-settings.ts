// What `tonearm host` was told: flags over environment over the TOML file over defaults.

import { delimiter } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { KnownError } from '../errors.ts'

const texts = Type.Array(Type.String({ minLength: 1 }), { maxItems: 64 })

/** One row a setting; the names are those of the TOML file. */
const settingsSchema = Type.Object(
  {
    folders: Type.Optional(texts),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535 })),
    listen: Type.Optional(texts),
    outputs: Type.Optional(texts),
    announce: Type.Optional(Type.Boolean()),
    share: Type.Optional(Type.Boolean()),
    'share-password': Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
    'allowed-hosts': Type.Optional(texts),
    'allowed-networks': Type.Optional(texts),
    rescan: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

export type HostSettings = Static<typeof settingsSchema>
type SettingName = keyof HostSettings

const checker = Compile(settingsSchema)
const kinds: Readonly<Record<SettingName, 'text' | 'texts' | 'folders' | 'number' | 'switch'>> = {
  folders: 'folders',
  name: 'text',
  port: 'number',
  listen: 'texts',
  outputs: 'texts',
  announce: 'switch',
  share: 'switch',
  'share-password': 'text',
  'allowed-hosts': 'texts',
  'allowed-networks': 'texts',
  rescan: 'switch',
}

/** `TONEARM_` and the setting's name in capitals: TONEARM_SHARE_PASSWORD, TONEARM_ALLOWED_HOSTS … */
export function settingsFromEnvironment(environment: NodeJS.ProcessEnv): HostSettings {
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
export function settingsFromToml(text: string, file: string): HostSettings {
  let table: unknown
  try {
    table = parseToml(text)
  } catch (error) {
    throw new KnownError('BAD_SETTING', { where: file, problem: firstLine(error) }, error)
  }
  return checked(table, file)
}

/** The first source that has a setting wins. */
export function mergeSettings(...sources: readonly HostSettings[]): HostSettings {
  return Object.assign({}, ...sources.toReversed())
}

function checked(table: unknown, where: string): HostSettings {
  if (checker.Check(table)) return table
  const first = checker.Errors(table)[0]
  const setting = first?.instancePath.split('/')[1] ?? unknownName(table) ?? ''
  throw new KnownError('BAD_SETTING', { where, setting, problem: first?.message ?? 'not understood' })
}

function unknownName(table: unknown): string | undefined {
  return Object.keys(table ?? {}).find((name) => !(name in kinds))
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
