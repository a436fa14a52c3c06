// Queue, position and volume in the database. Lists are written only when they changed:
// a pause or a step costs one small row, also with 100,000 songs in the queue.

import { type Database, migrate } from '../library/index.ts'
import { emptyQueue, type Queue } from './queue.ts'
import type { QueueEntry, RepeatMode } from './types.ts'

const room = 'player'
const steps = [
  `CREATE TABLE player_list (name TEXT PRIMARY KEY, entries BLOB NOT NULL) STRICT;
   CREATE TABLE player_state (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL) STRICT;
   CREATE TABLE player_output (output_id TEXT PRIMARY KEY, is_on INTEGER NOT NULL, relative_volume INTEGER NOT NULL) STRICT`,
]

export interface Remembered {
  readonly queue: Queue
  readonly positionMs: number
  readonly volumePercent: number
  readonly outputs: readonly RememberedOutput[]
}

export interface RememberedOutput {
  readonly id: string
  readonly isOn: boolean
  readonly relativeVolumePercent: number
}

const lists = ['byHand', 'context', 'unshuffled', 'history'] as const

/** The row of `player_state`, as JSON. */
interface StateRow {
  readonly current: QueueEntry | null
  readonly contextDone: number
  readonly isShuffled: boolean
  readonly repeat: RepeatMode
  readonly nextEntryId: number
  readonly positionMs: number
  readonly volumePercent: number
}

export class QueueStore {
  readonly #database: Database
  #saved: Remembered | undefined

  constructor(database: Database) {
    this.#database = database
    migrate(database, room, steps)
  }

  load(): Remembered | undefined {
    const row = this.#database.get<{ state: string }>('SELECT state FROM player_state')
    if (row === undefined) return undefined
    const state = JSON.parse(row.state) as StateRow
    const { current, contextDone, isShuffled, repeat, nextEntryId } = state
    const unshuffled = isShuffled ? this.#readList('unshuffled') : undefined
    const queue: Queue = {
      ...emptyQueue,
      current: current ?? undefined,
      byHand: this.#readList('byHand'),
      context: this.#readList('context'),
      history: this.#readList('history'),
      contextDone,
      unshuffled,
      isShuffled,
      repeat,
      nextEntryId,
    }
    const outputs = this.#database.all<{ output_id: string; is_on: number; relative_volume: number }>(
      'SELECT output_id, is_on, relative_volume FROM player_output ORDER BY rowid',
    )
    this.#saved = {
      queue,
      positionMs: state.positionMs,
      volumePercent: state.volumePercent,
      outputs: outputs.map((output) => ({
        id: output.output_id,
        isOn: output.is_on === 1,
        relativeVolumePercent: output.relative_volume,
      })),
    }
    return this.#saved
  }

  /** One transaction; only what differs from the last time. */
  save(next: Remembered): void {
    const before = this.#saved
    this.#database.transaction(() => {
      for (const name of lists)
        if (next.queue[name] !== before?.queue[name]) this.#writeList(name, next.queue[name] ?? [])
      if (next.outputs !== before?.outputs) this.#writeOutputs(next.outputs)
      const { current, contextDone, isShuffled, repeat, nextEntryId } = next.queue
      const state: StateRow = {
        current: current ?? null,
        contextDone,
        isShuffled,
        repeat,
        nextEntryId,
        positionMs: next.positionMs,
        volumePercent: next.volumePercent,
      }
      this.#database.run(
        'INSERT INTO player_state VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state',
        JSON.stringify(state),
      )
    })
    this.#saved = next
  }

  #writeOutputs(outputs: readonly RememberedOutput[]): void {
    for (const { id, isOn, relativeVolumePercent } of outputs)
      this.#database.run(
        `INSERT INTO player_output VALUES (?, ?, ?) ON CONFLICT (output_id)
         DO UPDATE SET is_on = excluded.is_on, relative_volume = excluded.relative_volume`,
        id,
        isOn ? 1 : 0,
        relativeVolumePercent,
      )
  }

  #readList(name: string): QueueEntry[] {
    const row = this.#database.get<{ entries: Uint8Array }>(
      'SELECT entries FROM player_list WHERE name = ?',
      name,
    )
    return row === undefined ? [] : unpack(row.entries)
  }

  #writeList(name: string, entries: readonly QueueEntry[]): void {
    this.#database.run(
      'INSERT INTO player_list VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET entries = excluded.entries',
      name,
      pack(entries),
    )
  }
}

/** Five unsigned 32-bit numbers an entry, in the machine's byte order: the file stays on its kind of machine. */
const numbersPerEntry = 5

function pack(entries: readonly QueueEntry[]): Uint8Array {
  const numbers = new Uint32Array(entries.length * numbersPerEntry)
  let at = 0
  for (const { entryId, songId, origin, playlistId, playlistEntryId } of entries) {
    numbers[at] = entryId
    numbers[at + 1] = songId
    numbers[at + 2] = origin === 'user' ? 1 : 0
    numbers[at + 3] = playlistId
    numbers[at + 4] = playlistEntryId
    at += numbersPerEntry
  }
  return new Uint8Array(numbers.buffer)
}

function unpack(bytes: Uint8Array): QueueEntry[] {
  const numbers = new Uint32Array(bytes.slice().buffer)
  return Array.from({ length: Math.floor(numbers.length / numbersPerEntry) }, (_, index) => {
    const [entryId = 0, songId = 0, isUser = 0, playlistId = 0, playlistEntryId = 0] = numbers.subarray(
      index * numbersPerEntry,
      (index + 1) * numbersPerEntry,
    )
    return { entryId, songId, origin: isUser === 1 ? 'user' : 'context', playlistId, playlistEntryId }
  })
}
