// One host as the page knows it: what it says, with what was asked of it laid over, and what can be asked. Nothing here
// knows the page's own address: a page may have several of these.

import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { KnownError } from '../../errors.ts'
import type { ApiPairingRequest, ApiScanProgress } from '../../protocol/index.ts'
import type { Playlist, PlayQueue, Remote, RemoteEvent, Speaker, Status } from '../../remote/index.ts'
import { drawn } from './drawn.ts'
import type { Lists } from './lists.ts'
import { makeWishes, type Wishes } from './wishes.ts'

export type Link =
  | { readonly state: 'here' }
  | { readonly state: 'lost'; readonly sinceMs: number; readonly wallMs: number; readonly retryAtMs: number }
  | { readonly state: 'revoked' }

export interface HostModel {
  readonly remote: Remote
  readonly name: string
  /** Whether owner's things can be done from here. */
  readonly isOwner: boolean
  readonly link: ReadonlySignal<Link>
  /** What plays, wishes laid over. */
  readonly status: ReadonlySignal<Status | undefined>
  readonly wishes: Wishes
  readonly queue: ReadonlySignal<PlayQueue | undefined>
  readonly history: ReadonlySignal<PlayQueue | undefined>
  readonly speakers: ReadonlySignal<readonly Speaker[]>
  readonly playlists: ReadonlySignal<readonly Playlist[] | undefined>
  readonly songCount: ReadonlySignal<number | undefined>
  readonly scan: ReadonlySignal<ApiScanProgress | undefined>
  readonly pairingRequests: ReadonlySignal<readonly ApiPairingRequest[]>
  /** Who made the last change, in the host's words. */
  readonly cause: ReadonlySignal<string>
  readonly lists: Lists
  /** Shows a queue at once; the host's word follows with `readQueue`. */
  showQueue(queue: PlayQueue): void
  showSpeakers(speakers: readonly Speaker[]): void
  /** Runs a change of the queue or the speakers: what is read meanwhile is older, and passed over. */
  during<Result>(change: () => Promise<Result>): Promise<Result>
  readQueue(): Promise<void>
  readSpeakers(): Promise<void>
  readPlaylists(): Promise<void>
  readStatus(): Promise<void>
  tryNow(): void
  /** The browser says that it has no network: what is open is dead, though nothing has told so yet. */
  networkGone(): void
  close(): void
}

/** More than anybody looks through; a longer queue is cut here. */
const queueSpan = 1000
const historySpan = 100
/** What comes faster than this is read once. */
const calmMs = 120

export interface HostModelOptions {
  readonly remote: Remote
  readonly lists: Lists
  readonly onRefused: (error: unknown, subject: string) => void
  readonly onBack: (lostForMs: number) => void
}

export function makeHostModel({ remote, lists, onRefused, onBack }: HostModelOptions): HostModel {
  const said = signal<Status | undefined>(undefined)
  const link = signal<Link>({ state: 'here' })
  const queue = signal<PlayQueue | undefined>(undefined)
  const history = signal<PlayQueue | undefined>(undefined)
  const speakers = signal<readonly Speaker[]>([])
  const playlists = signal<readonly Playlist[] | undefined>(undefined)
  const scan = signal<ApiScanProgress | undefined>(undefined)
  const pairingRequests = signal<readonly ApiPairingRequest[]>([])
  const cause = signal('')
  const wishes = makeWishes(said, remote, onRefused)
  let watching = new AbortController()
  let changes = 0
  let changesEnded = 0

  /** Reads unless a change is on its way, and forgets what was read if one has come meanwhile. */
  async function read<Value>(ask: () => Promise<Value>, take: (value: Value) => void): Promise<void> {
    const before = changesEnded
    if (changes > 0) return
    try {
      const value = await ask()
      if (changes === 0 && changesEnded === before) take(value)
    } catch (error) {
      if (!(error instanceof KnownError)) throw error // the watch says that the host is gone
    }
  }

  const readQueue = () =>
    read(
      () => Promise.all([remote.queue({ span: queueSpan }), remote.queue({ span: -historySpan })]),
      ([next, before]) => {
        queue.value = next
        history.value = before
      },
    )
  const readSpeakers = () =>
    read(remote.speakers, (value) => {
      speakers.value = value
    })
  const readPlaylists = () =>
    read(
      async () => (await remote.playlists()).items,
      (value) => {
        playlists.value = value
      },
    )
  const readStatus = () => read(() => remote.status(), takeStatus)
  const queueSoon = calmly(readQueue)
  const libraryReadSoon = calmly(async () => {
    lists.refresh()
    await Promise.all([readPlaylists(), readStatus(), readQueue()])
  })

  function takeStatus(status: Status): void {
    said.value = status
    wishes.settle(status)
  }

  function take(event: RemoteEvent): void {
    switch (event.event) {
      case 'connected':
        return connected()
      case 'gone':
        return gone(event.retryInMs)
      case 'status':
        cause.value = event.cause
        if (event.status.track?.songId !== said.value?.track?.songId) queueSoon()
        return takeStatus(event.status)
      case 'queue':
        return queueSoon()
      case 'speakers':
        return void readSpeakers()
      case 'library':
        return libraryReadSoon()
      case 'scan':
        scan.value = event.progress
        return
      case 'pairing-requests':
        pairingRequests.value = event.requests
    }
  }

  function connected(): void {
    const before = link.value
    link.value = { state: 'here' }
    if (before.state === 'lost') {
      onBack(performance.now() - before.sinceMs)
      lists.refresh()
    }
    for (const readAnew of [readQueue, readSpeakers, readPlaylists]) void readAnew()
    remote.scanProgress().then(
      (progress) => {
        scan.value = progress
      },
      () => {}, // other hosts have none
    )
  }

  function gone(retryInMs: number): void {
    const nowMs = performance.now()
    const before = link.value
    const since =
      before.state === 'lost'
        ? { sinceMs: before.sinceMs, wallMs: before.wallMs }
        : { sinceMs: nowMs, wallMs: Date.now() }
    link.value = { state: 'lost', ...since, retryAtMs: nowMs + retryInMs }
  }

  async function watch(): Promise<void> {
    watching = new AbortController()
    const { signal } = watching
    await drawn()
    try {
      for await (const event of remote.watch({ signal })) take(event)
    } catch (error) {
      if (!(error instanceof KnownError)) throw error
      link.value = { state: 'revoked' }
    }
  }
  function watchAnew(): void {
    watching.abort()
    void watch()
  }
  void watch()

  return {
    remote,
    name: remote.host.name,
    isOwner: remote.isOwner,
    link,
    status: wishes.status,
    wishes,
    queue,
    history,
    speakers,
    playlists,
    songCount: computed(
      () => playlists.value?.find(({ isBase }) => isBase)?.songCount ?? lists.songs.total.value,
    ),
    scan,
    pairingRequests,
    cause,
    lists,
    showQueue(value) {
      queue.value = value
    },
    showSpeakers(value) {
      speakers.value = value
    },
    async during(change) {
      changes += 1
      try {
        return await change()
      } finally {
        changes -= 1
        changesEnded += 1
      }
    },
    readQueue,
    readSpeakers,
    readPlaylists,
    readStatus,
    tryNow() {
      if (link.value.state === 'lost') watchAnew()
    },
    networkGone() {
      if (link.value.state !== 'here') return
      gone(0)
      watchAnew()
    },
    close() {
      watching.abort()
      void remote.close()
    },
  }
}

/** Once, when it has been calm for a moment. */
function calmly(work: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(() => void work(), calmMs)
  }
}
