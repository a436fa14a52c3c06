// Whether this machine can sound at all. The addon cannot be asked: without a device it plays into nothing, content.

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Linux: a card, or the socket of a sound server. Elsewhere there always is a device, or the addon says so. */
export function hasSoundDevice(environment: Environment = process.env, devices = '/dev/snd'): boolean {
  if (process.platform !== 'linux') return true
  if (environment['PULSE_SERVER'] !== undefined) return true
  const runtime = environment['XDG_RUNTIME_DIR'] ?? `/run/user/${process.getuid?.() ?? 0}`
  if (existsSync(join(runtime, 'pulse/native')) || existsSync(join(runtime, 'pipewire-0'))) return true
  return existsSync(devices) && readdirSync(devices).some((name) => /^pcm.*p$/.test(name))
}
