// Every request of every client, sent to the letter to a host with the sample album: the answer is what the pages say.

import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { child, children, type DmapContainer } from '../src/protocol/index.ts'
import { startHost } from './fakes/host.ts'
import { musicFolder } from './fakes/music-folder.ts'
import { exchange } from './requests/exchange.ts'
import { outline } from './requests/outline.ts'
import { type ClientRows, clients } from './requests/rows.ts'

const sample = resolve(import.meta.dirname, '../sample')

/** A host with the sample album and a playlist, and what the braces in the rows stand for. */
async function hostWithSample(t: TestContext) {
  const library = await musicFolder(t).open({ folders: [sample] })
  await library.scan()
  const { view } = library
  const idOf = (title: string) =>
    view
      .songs({})
      .slice(0, 9)
      .find((song) => song.title === title)?.id ?? assert.fail(title)
  const playlist = library.playlists.make('Road trip')
  const [firstEntry] = library.playlists.add(playlist, [idOf('First Groove'), idOf('Run-out')])
  const host = await startHost(t, {
    library,
    share: 'open',
    activeRemotes: () => [{ number: '1986535575', outputId: 'kitchen' }],
  })
  const song = view.song(idOf('First Groove')) ?? assert.fail('no song')
  const guid = `0x${(await host.pair()).toLowerCase()}`
  const hex = (id: bigint | undefined) => `0x${(id ?? 0n).toString(16)}`
  const first = async (path: string) => {
    const [row] = children(child(await host.tree(path), 'mlcl') ?? [], 'mlit') as DmapContainer[]
    return String(child(row ?? [], 'miid'))
  }
  const session = await host.login('phone')
  return {
    port: host.host.port,
    ids: {
      guid,
      GUID: `0x${guid.slice(2).toUpperCase()}`,
      S: String(session),
      D: `0x${host.directory.identity().databaseIdHex}`,
      A: String(song.albumId),
      R: String(song.artistId),
      G: await first(`/databases/1/groups?session-id=${session}&group-type=albums`),
      H: await first(`/databases/1/groups?session-id=${session}&group-type=artists`),
      I: String(song.id),
      J: String(idOf('Run-out')),
      P: String(playlist),
      Q: hex(library.view.playlist(playlist)?.persistentId),
      C: String(firstEntry),
    } satisfies Record<string, string>,
  }
}

function filledIn(text: string, ids: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => ids[name] ?? whole)
}

/** Sends the rows one after the other; what was answered, with "…" where the row leaves the rest open. */
async function answers(
  port: number,
  { method = 'GET', headers, rows }: ClientRows,
  ids: Record<string, string>,
) {
  const expected: string[] = []
  const seen: string[] = []
  for (const [target, wanted] of rows) {
    const wantedLine = filledIn(wanted, ids)
    const line = outline(await exchange(port, { method, target: filledIn(target, ids), headers }))
    const isOpen = wantedLine.endsWith(' …')
    const start = wantedLine.slice(0, -2)
    expected.push(`${target}\n  ${wantedLine}`)
    seen.push(`${target}\n  ${isOpen && line.startsWith(start) ? wantedLine : line}`)
  }
  return { expected, seen }
}

test('what each client asks is answered as the pages say', async (t) => {
  const { port, ids } = await hostWithSample(t)

  for (const client of clients) {
    const { expected, seen } = await answers(port, client, ids)
    assert.deepEqual(seen, expected, client.client)
  }
})
