// `tonearm host`: a library host in the foreground, until Ctrl-C or SIGTERM.

import { doing, newCommand, nonEmpty, wholeNumber } from '../command.ts'
import { jsonReport, plainReport } from '../host/host-report.ts'
import type { HostSettings } from '../host/host-settings.ts'
import { runHost } from '../host/run-host.ts'
import { createLog } from '../terminal/console-log.ts'
import { goOnUnread } from '../terminal/unread.ts'

interface HostFlags {
  readonly name?: string
  readonly port?: number
  readonly listen?: string[]
  readonly securePort?: number
  readonly certificate?: string
  readonly key?: string
  readonly output?: string[]
  readonly announce: boolean
  readonly share?: boolean
  readonly rescan?: boolean
  readonly config?: string
}

export const hostCommand = doing<HostFlags>(
  newCommand({
    name: 'host',
    says: 'Run a library host in the foreground: it is found, paired with, browsed and played by every remote.',
    example: 'host ~/Music --name "Living room" --output system',
    isData: true,
  })
    .argument('[folder...]', 'music folders; without one the music folder of the user, else the sample album')
    .option('--name <name>', 'the name that remotes show', nonEmpty)
    .option(
      '--port <number>',
      'the port, 3689 by default; 0 takes a free one once and keeps it',
      wholeNumber(0, 65_535),
    )
    .option('--listen <address>', 'listen on this address only (may be repeated)', collected)
    .option(
      '--secure-port <number>',
      'also let paired remotes in from outside, by TLS on this port',
      wholeNumber(1, 65_535),
    )
    .option('--certificate <file>', 'show this certificate there (PEM), instead of one of its own', nonEmpty)
    .option('--key <file>', 'the key of that certificate (PEM)', nonEmpty)
    .option('--output <id>', 'where it sounds: system, null, wav:FILE (may be repeated)', collected)
    .option('--no-announce', 'do not announce it by multicast')
    .option('--share', 'let plain DAAP players in too; a password comes from TONEARM_SHARE_PASSWORD')
    .option('--rescan', 'read every file again, changed or not')
    .option('--config <file>', 'the TOML file; by default config.toml in the data directory'),
  async ({ options, words, signal }) => {
    goOnUnread()
    const host = await runHost({
      flags: settingsOf(
        options,
        words.filter((word) => word !== undefined),
      ),
      data: options.data,
      config: options.config,
      environment: process.env,
      log: createLog(process.env, process.stderr),
      report: options.json ? jsonReport(process.stdout) : plainReport(process.stdout),
      signal,
    })
    await aborted(signal)
    await host.close()
  },
)

/** Only what was said; what was not stays out, so that it hides no other source. */
function settingsOf(flags: HostFlags, folders: string[]): HostSettings {
  return {
    ...(folders.length > 0 && { folders }),
    ...(flags.name !== undefined && { name: flags.name }),
    ...(flags.port !== undefined && { port: flags.port }),
    ...(flags.listen && { listen: flags.listen }),
    ...(flags.securePort !== undefined && { 'secure-port': flags.securePort }),
    ...(flags.certificate !== undefined && { certificate: flags.certificate }),
    ...(flags.key !== undefined && { key: flags.key }),
    ...(flags.output && { outputs: flags.output }),
    ...(!flags.announce && { announce: false }),
    ...(flags.share && { share: true }),
    ...(flags.rescan && { rescan: true }),
  }
}

function collected(value: string, before: string[] = []): string[] {
  return [...before, nonEmpty(value)]
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
