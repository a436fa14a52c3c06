// `tonearm scan`: the host looks through its music now, says how far it is, or lets it be.

import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from 'commander'
import { KnownError } from '../../errors.ts'
import type { ApiScanProgress } from '../../protocol/index.ts'
import type { Remote } from '../../remote/node.ts'
import { doing, newCommand, type Work } from '../command.ts'
import { dataDirectory, withOwnHost } from '../host/own-host.ts'
import { jsonLine, line } from '../terminal/output.ts'
import { progressText } from './scan-text.ts'

/** How often the host is asked how far it is. */
const askMs = 250

export const scanCommand: Command = newCommand({
  name: 'scan',
  says: 'Look for new music now, see how far that is, or call it off. Folders are followed without it.',
  example: 'scan start ~/Music/New',
  isData: true,
})

const status = doing(
  newCommand({ name: 'status', says: 'Show how far it is.', example: 'scan status', isData: true }),
  (given) => withHost(given, async (host) => show(given, await host.scanProgress(given))),
)

const start = doing<{ full?: boolean; wait: boolean }>(
  newCommand({
    name: 'start',
    says: 'Scan all folders, or one; goes on where the last one was called off.',
    example: 'scan start ~/Music/New --full',
    isData: true,
  })
    .argument('[folder]', 'a music folder of the host, or a folder in one')
    .option('--full', 'read every file again, changed or not')
    .option('--no-wait', 'do not wait for its end'),
  (given) =>
    withHost(given, async (host) => {
      const [folder] = given.words
      const { options, signal } = given
      const begun = await host.startScan(
        { ...(options.full && { isFull: true }), ...(folder !== undefined && { folder: resolve(folder) }) },
        { signal },
      )
      show(given, options.wait ? await endOf(host, begun, given) : begun)
    }),
)

const cancel = doing(
  newCommand({
    name: 'cancel',
    says: 'Call off the scan that runs; what it has read is kept.',
    example: 'scan cancel',
    isData: true,
  }),
  (given) => withHost(given, async (host) => show(given, await host.cancelScan(given))),
)

scanCommand.addCommand(status, { isDefault: true }).addCommand(start).addCommand(cancel)

/** Ctrl-C ends the waiting, not the scan. SCAN_FAILED. */
async function endOf(
  host: Remote,
  begun: ApiScanProgress,
  { options, signal }: Work,
): Promise<ApiScanProgress> {
  const isShown = process.stderr.isTTY && !options.json
  let progress = begun
  try {
    while (progress.state === 'scanning') {
      if (isShown) process.stderr.write(`\r\x1b[K${progressText(progress)}`)
      await delay(askMs, undefined, { signal })
      progress = await host.scanProgress({ signal })
    }
  } finally {
    if (isShown) process.stderr.write('\r\x1b[K')
  }
  if (progress.trouble !== null) throw new KnownError('SCAN_FAILED', { problem: progress.trouble })
  return progress
}

function show({ options }: Work, progress: ApiScanProgress): void {
  const { state, filesFound, filesRead, last, trouble } = progress
  if (options.json) jsonLine({ state, filesFound, filesRead, last, trouble })
  else line(progressText(progress))
}

function withHost({ options, signal }: Work, work: (host: Remote) => Promise<void>): Promise<void> {
  return withOwnHost(dataDirectory(options.data), signal, work)
}
