// The remote itself: everything one can do with a host, behind one door.

import type { Clock } from '../clock.ts'
import { type HostAddress, parseAddress } from './address.ts'
import { examining } from './health.ts'
import { showingArtwork } from './library/artwork.ts'
import { browsing } from './library/browse.ts'
import { browsingNames } from './library/browse-names.ts'
import { finding } from './library/find.ts'
import { editingPlaylists } from './library/playlists.ts'
import { knowingSongs } from './library/songs-like.ts'
import { reachingBeyond } from './outside.ts'
import { owning } from './pairing/owner.ts'
import { controlling } from './playing/control.ts'
import { changingLoudness } from './playing/loudness.ts'
import { askOwnStatus } from './playing/own-status.ts'
import { playingItems } from './playing/play-items.ts'
import { queueing } from './playing/queue.ts'
import { savingQueue } from './playing/save-queue.ts'
import { choosingSpeakers } from './playing/speakers.ts'
import { askAtOnce, askNowPlaying, NewestStatus, type Status, withVolume } from './playing/status.ts'
import { listening } from './playing/streams.ts'
import { steeringScreen } from './screen/screen-part.ts'
import { type Connection, fetchConnection } from './talk/connection.ts'
import { type AboutOwnHost, type HostFacts, readFacts } from './talk/host-facts.ts'
import { type Credentials } from './talk/log-in.ts'
import { type HostSession, openSession } from './talk/session.ts'
import { CommandCounter } from './watch/command-counter.ts'
import { type WatchOptions, watchHost } from './watch/watch.ts'
import type { RemoteEvent, Watched } from './watch/watch-events.ts'

export interface RemoteOptions extends Credentials {
  /** `192.168.1.20`, `studio.local:3689`, `[fe80::1%eth0]:3689`. */
  readonly address: string | HostAddress
  /** Ends the attempt to connect. */
  readonly signal?: AbortSignal | undefined
  /** For tls:// addresses (in Node): what is held of the host's certificate, a fingerprint or 'authority'. */
  readonly certificate?: string | undefined
  /** How requests travel; by `fetch` when left out. */
  readonly connect?: (address: HostAddress, options: { certificate: string | undefined }) => Connection
  readonly clock?: Clock
  /** It is one of our own hosts, and its `/api/about` has said this: connecting then takes one round trip instead of two. */
  readonly about?: AboutOwnHost | undefined
}

export type Remote = Readonly<
  ReturnType<typeof browsing> &
    ReturnType<typeof browsingNames> &
    ReturnType<typeof finding> &
    ReturnType<typeof controlling> &
    ReturnType<typeof changingLoudness> &
    ReturnType<typeof knowingSongs> &
    ReturnType<typeof playingItems> &
    ReturnType<typeof queueing> &
    ReturnType<typeof savingQueue> &
    ReturnType<typeof editingPlaylists> &
    ReturnType<typeof choosingSpeakers> &
    ReturnType<typeof listening> &
    ReturnType<typeof showingArtwork> &
    ReturnType<typeof steeringScreen> &
    ReturnType<typeof reachingBeyond> &
    ReturnType<typeof examining> &
    ReturnType<typeof owning>
> & {
  readonly host: HostFacts & { readonly address: string }
  /** Logged in by the owner token: what only the owner may do is worth showing. */
  readonly isOwner: boolean
  /** The play revision after the last command: a state at least as new shows what it did. 0 where hosts do not say. */
  readonly commandRevision: number
  /** What plays now. Never older than anything that was read or watched before. */
  status(options?: { signal?: AbortSignal | undefined }): Promise<Status>
  /**
   * Every change from now on, beginning with what plays. When the host goes away this says so, and goes on when
   * it is back; it ends when the signal says so, or with NOT_PAIRED.
   */
  watch(options?: WatchOptions): AsyncIterable<RemoteEvent>
  /** Logs out. */
  close(): Promise<void>
}

/**
 * Connects to a host and logs in: with the guid that pairing gave, or, on the host's own machine, as its owner.
 * A session that ends later is opened again by itself.
 *
 * Fails   BAD_ADDRESS, HOST_GONE, NOT_PAIRED, NOT_OWNER, CERTIFICATE_CHANGED, BAD_ANSWER.
 */
export async function connectRemote(options: RemoteOptions): Promise<Remote> {
  const { address, signal, connect = fetchConnection, certificate, clock, about } = options
  const connection = connect(typeof address === 'string' ? parseAddress(address) : address, { certificate })
  const session = await openSession(connection, options, { signal, clock, about })
  return remoteOn(session, options.ownerToken !== undefined)
}

/** What a host says of itself, without logging in. HOST_GONE, BAD_ANSWER. */
export async function lookAtHost(
  options: Pick<RemoteOptions, 'address' | 'signal' | 'connect'>,
): Promise<HostFacts> {
  const { address, signal, connect = fetchConnection } = options
  const where = typeof address === 'string' ? parseAddress(address) : address
  return readFacts(connect(where, { certificate: undefined }), signal)
}

function remoteOn(session: HostSession, isOwner: boolean): Remote {
  const newest = new NewestStatus()
  const commands = new CommandCounter()
  const afterCommand = () => commands.count()
  const watched: Watched = { session, newest, commands }
  const lists = browsing(session)
  const queue = queueing(session, afterCommand)
  const playlists = editingPlaylists(session)

  async function status({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<Status> {
    for (;;) {
      const { epoch } = session
      const now = await readStatus(session, signal)
      // Logged in anew meanwhile: nobody knows which of the two runs of the host has said this.
      if (session.epoch === epoch) return newest.accept(epoch, now)
    }
  }

  return {
    host: { ...session.facts, address: session.connection.address },
    isOwner,
    get commandRevision() {
      return session.commandRevision
    },
    ...lists,
    ...browsingNames(session),
    ...finding(session, lists),
    ...controlling(session, afterCommand),
    ...changingLoudness(session, afterCommand),
    ...knowingSongs(session, afterCommand),
    ...playingItems(session, afterCommand),
    ...queue,
    ...playlists,
    ...savingQueue({ ...queue, ...playlists, status }),
    ...choosingSpeakers(session, afterCommand),
    ...listening(session),
    ...showingArtwork(session),
    ...steeringScreen(session, afterCommand),
    ...reachingBeyond(session),
    ...examining(session),
    ...owning(session),
    status,
    watch: (options) => watchHost(watched, options),
    close: () => session.logout(),
  }
}

async function readStatus(session: HostSession, signal: AbortSignal | undefined): Promise<Status> {
  if (session.facts.quirks.hasApi) return askOwnStatus(session, signal)
  return withVolume(session, await askNowPlaying(session, askAtOnce, signal), signal)
}
