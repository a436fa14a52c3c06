// `tonearm pairings`: the host's paired remotes. Asks the running host, else works on the data directory itself.

import type { Command } from 'commander'
import { systemClock } from '../../clock.ts'
import { KnownError } from '../../errors.ts'
import type { Pairings } from '../../host/index.ts'
import { hex64, parseHex64 } from '../../protocol/index.ts'
import { badUse, doing, newCommand, visibleName, type Work } from '../command.ts'
import { dataDirectory, withOwnHost } from '../host/own-host.ts'
import { jsonLine, line, table } from '../terminal/output.ts'
import { printable } from '../terminal/text.ts'

interface PairingRow {
  readonly guid: string
  readonly name: string
  readonly address: string
  readonly createdAt: string
  readonly lastSeenAt: string | null
}

/** The three things one can do, by the running host or without it. */
interface PairingBook {
  list(): Promise<readonly PairingRow[]>
  add(guid: string, name: string | undefined): Promise<PairingRow>
  remove(guid: string): Promise<void>
}

export const pairingsCommand: Command = newCommand({
  name: 'pairings',
  says: 'List, add or revoke the remotes paired with this host.',
  example: 'pairings remove 7D1324235F535AE7',
  isData: true,
})

const list = doing(
  newCommand({ name: 'list', says: 'List them.', example: 'pairings list', isData: true }),
  (given) =>
    withBook(given, async (book) => {
      const pairings = await book.list()
      if (given.options.json) return jsonLine(pairings)
      if (pairings.length === 0) return line('No remote is paired yet.')
      table(
        [
          { title: 'GUID' },
          { title: 'NAME', isElastic: true },
          { title: 'ADDRESS' },
          { title: 'PAIRED' },
          { title: 'LAST SEEN' },
        ],
        pairings.map((row) => [row.guid, row.name, row.address, dayOf(row.createdAt), dayOf(row.lastSeenAt)]),
      )
    }),
)

const add = doing<{ name?: string }>(
  newCommand({
    name: 'add',
    says: 'Pair a remote whose guid is known.',
    example: 'pairings add 0x7D1324235F535AE7 --name phone',
    isData: true,
  })
    .argument('<guid>', 'up to 16 hex digits')
    .option('--name <text>', 'what to call it', visibleName),
  (given) =>
    withBook(given, async (book) => {
      const row = await book.add(guidIn(given), given.options.name)
      if (given.options.json) jsonLine(row)
      else line(`Paired: ${printable(row.name)} (${row.guid})`)
    }),
)

const remove = doing(
  newCommand({
    name: 'remove',
    says: 'Revoke one; its sessions end at once.',
    example: 'pairings remove 7D1324235F535AE7',
    isData: true,
  }).argument('<guid>', 'up to 16 hex digits'),
  (given) =>
    withBook(given, async (book) => {
      const guid = guidIn(given)
      await book.remove(guid)
      if (given.options.json) jsonLine({ guid })
      else line(`Revoked: ${guid}`)
    }),
)

pairingsCommand.addCommand(list, { isDefault: true }).addCommand(add).addCommand(remove)

function guidIn({ words: [text = ''] }: Work): string {
  const guid = parseHex64(text)
  if (guid === undefined) throw badUse('a guid is up to 16 hex digits')
  return hex64(guid)
}

function dayOf(time: string | null): string {
  return time === null ? '' : time.slice(0, 16).replace('T', ' ')
}

async function withBook(
  { options, signal }: Pick<Work, 'options' | 'signal'>,
  work: (book: PairingBook) => Promise<void>,
): Promise<void> {
  const directory = dataDirectory(options.data)
  try {
    await withOwnHost(directory, signal, (host) =>
      work({
        list: () => host.pairings({ signal }),
        add: (guid, name) => host.addPairing({ guid, ...(name === undefined ? {} : { name }) }, { signal }),
        remove: (guid) => host.removePairing(guid, { signal }),
      }),
    )
  } catch (error) {
    if (!(error instanceof KnownError) || error.code !== 'NO_RUNNING_HOST') throw error
    await withDirectory(directory, work)
  }
}

/** Under the directory's lock, so no host starts meanwhile. DATA_LOCKED. */
async function withDirectory(path: string, work: (book: PairingBook) => Promise<void>): Promise<void> {
  // The whole host, for its book of pairings: only where none runs.
  const [{ openDataDirectory, openPairings }, { openSqlite }] = await Promise.all([
    import('../../host/index.ts'),
    import('../../library/index.ts'),
  ])
  const directory = openDataDirectory(path)
  try {
    const database = openSqlite(directory.databaseFile)
    try {
      await work(bookOf(openPairings(database, systemClock)))
    } finally {
      database.close()
    }
  } finally {
    directory.close()
  }
}

function bookOf(pairings: Pairings): PairingBook {
  return {
    list: async () => pairings.list().map(rowOf),
    add: async (guid, name = 'Remote') =>
      rowOf(pairings.add({ guid: BigInt(`0x${guid}`), name, address: '' })),
    async remove(guid) {
      if (!pairings.remove(BigInt(`0x${guid}`))) throw new KnownError('NO_SUCH_PAIRING', { guid })
    },
  }
}

function rowOf(pairing: ReturnType<Pairings['list']>[number]): PairingRow {
  const { guid, name, address, createdAtMs, lastSeenAtMs } = pairing
  return {
    guid: hex64(guid),
    name,
    address,
    createdAt: new Date(createdAtMs).toISOString(),
    lastSeenAt: lastSeenAtMs === undefined ? null : new Date(lastSeenAtMs).toISOString(),
  }
}
