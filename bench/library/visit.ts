// A host that is up and scanned, and what a client needs to ask it.

import { child, children, type DmapContainer, decode } from '../../src/protocol/index.ts'
import { Connection } from '../client.ts'
import type { RunningHost } from '../host.ts'
import { albumsPath, type Known, playlistsPath } from './requests.ts'

export class Visit {
  readonly host: RunningHost
  readonly connection: Connection
  readonly #session: number

  private constructor(host: RunningHost, connection: Connection, session: number) {
    this.host = host
    this.connection = connection
    this.#session = session
  }

  static async begin(host: RunningHost): Promise<Visit> {
    return new Visit(host, await Connection.open(host.port), await host.login())
  }

  end(): void {
    this.connection.close()
  }

  /** The path with the session in it. */
  own(path: string): string {
    return `${path}${path.includes('?') ? '&' : '?'}session-id=${this.#session}`
  }

  async ask(path: string, { isZipped, keepsBody }: { isZipped?: boolean; keepsBody?: boolean } = {}) {
    const answer = await this.connection.get(this.own(path), {
      headers: { 'Client-DAAP-Version': '3.12', ...(isZipped && { 'Accept-Encoding': 'gzip' }) },
      ...(keepsBody && { keepsBody }),
    })
    if (answer.status !== 200) throw new Error(`${path.slice(0, 60)} was answered with ${answer.status}`)
    if (isZipped && answer.headers.get('content-encoding') !== 'gzip')
      throw new Error('gzip was asked for and did not come')
    if (answer.bytes === 0) throw new Error(`${path.slice(0, 60)} was answered with nothing`)
    return answer
  }

  /** A command, answered with nothing or with what became of it. */
  async command(path: string): Promise<void> {
    const { status } = await this.connection.get(this.own(path))
    if (status >= 300) throw new Error(`${path.slice(0, 60)} was answered with ${status}`)
  }

  /** Asks what has to be known before it can be asked as remotes do; warms the host up by that. */
  async learn(tracks: number): Promise<Known> {
    const playlists = await this.#rows(playlistsPath, 'aply')
    const base = playlists.find((row) => child(row, 'abpl') === 1) ?? playlists[0]
    const albums = await this.#rows(albumsPath, 'agal')
    return {
      tracks,
      container: (base && child(base, 'miid')) ?? 1,
      albumIds: albums.map((row) => child(row, 'mper') ?? 0n),
    }
  }

  async #rows(path: string, root: 'aply' | 'agal'): Promise<DmapContainer[]> {
    const { body } = await this.ask(path, { keepsBody: true })
    const list = child(decode(body ?? new Uint8Array()), root)
    return children(child((list as DmapContainer | undefined) ?? [], 'mlcl') ?? [], 'mlit')
  }

  async hasSong({ container }: Known, title: string): Promise<boolean> {
    const query = `'dmap.itemname:${encodeURIComponent(title)}'`
    const { body } = await this.ask(
      `/databases/1/containers/${container}/items?meta=dmap.itemid&query=${query}`,
      {
        keepsBody: true,
      },
    )
    return matches(body) > 0
  }

  /** The library's revision, at once. */
  async revision(): Promise<number> {
    return revisionIn((await this.ask('/update?revision-number=0', { keepsBody: true })).body)
  }

  /** A new remote, as the owner pairs it by hand: its guid. */
  async pairSomebody(): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.host.port}/api/pairings`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.host.ownerToken}`, 'Content-Type': 'application/json' },
      body: '{}',
    })
    if (!response.ok) throw new Error(`a pairing was answered with ${response.status}`)
    return ((await response.json()) as { pairing: { guid: string } }).pairing.guid
  }

  /** Another session of that remote. */
  async loginAs(guid: string): Promise<number> {
    const { status, body } = await this.connection.get(`/login?pairing-guid=0x${guid}`, { keepsBody: true })
    const id = child(child(decode(body ?? new Uint8Array()), 'mlog') ?? [], 'mlid')
    if (status !== 200 || id === undefined) throw new Error(`a login was answered with ${status}`)
    return id
  }

  /** The player's revision. */
  async playRevision(): Promise<number> {
    const { body } = await this.ask('/ctrl-int/1/playstatusupdate?revision-number=1', { keepsBody: true })
    return child(child(decode(body ?? new Uint8Array()), 'cmst') ?? [], 'cmsr') ?? 0
  }

  /** How often the sound tore since the host started, over all outputs. */
  async underruns(): Promise<number> {
    const { body } = await this.ask('/api/outputs', { keepsBody: true })
    const { outputs } = JSON.parse(String(body)) as { outputs: readonly { underruns: number }[] }
    return outputs.reduce((sum, { underruns }) => sum + underruns, 0)
  }

  /** Waits, as every remote does, until the library has another revision. */
  async wait(known: number, deadlineMs = 600_000): Promise<{ told: Promise<number>; leave(): void }> {
    const connection = await Connection.open(this.host.port)
    const target = this.own(`/update?revision-number=${known}`)
    const asked = connection.get(target, { keepsBody: true, deadlineMs })
    const told = asked.then(({ body }) => revisionIn(body)).finally(() => connection.close())
    told.catch(() => undefined) // told to who waits for it; who leaves does not
    return { told, leave: () => connection.close() }
  }
}

function revisionIn(body: Buffer | undefined): number {
  return child(child(decode(body ?? new Uint8Array()), 'mupd') ?? [], 'musr') ?? 0
}

/** Whether a listing is of every song; looked up in the bytes, for decoding them all would take seconds. */
export function holdsAll(body: Buffer | undefined, { tracks }: Known): boolean {
  return matches(body) === tracks
}

/** `mtco`: how many there are, from an answer's head. */
function matches(body: Buffer | undefined): number {
  const at = body?.indexOf('mtco') ?? -1
  return body === undefined || at < 0 ? 0 : body.readUInt32BE(at + 8)
}
