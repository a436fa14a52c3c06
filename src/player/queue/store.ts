// Queue, position and volume in the database. Lists are written only where they changed:
// a pause, a step or a song added costs a few kilobytes, also with 100,000 songs in the queue.

import { type Database, migrate } from '../../library/index.ts'
import type { LoudnessBeforeMute } from '../loudness/loudness.ts'
import type { QueueEntry, RepeatMode, ReplayGainMode } from '../types.ts'
import { ListStore, listTable } from './list-store.ts'
import { emptyQueue, type Queue } from './queue.ts'

const room = 'player'
const steps = [
  `CREATE TABLE player_list (name TEXT PRIMARY KEY, entries BLOB NOT NULL) STRICT;
   CREATE TABLE player_state (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL) STRICT;
   CREATE TABLE player_output (output_id TEXT PRIMARY KEY, is_on INTEGER NOT NULL, relative_volume INTEGER NOT NULL) STRICT`,
  `${listTable};
   INSERT INTO player_piece (list, place, entries)
     SELECT name, 1, entries FROM player_list WHERE name <> 'unshuffled' AND length(entries) > 0;
   DROP TABLE player_list`,
]

export interface Remembered {
  readonly queue: Queue
  readonly positionMs: number
  readonly volumePercent: number
  readonly beforeMute: LoudnessBeforeMute
  readonly replayGain: ReplayGainMode
  readonly outputs: readonly RememberedOutput[]
}

export interface RememberedOutput {
  readonly id: string
  readonly isOn: boolean
  readonly relativeVolumePercent: number
  readonly isGuest?: boolean
}

/** The row of `player_state`, as JSON. */
interface StateRow {
  readonly current: QueueEntry | null
  readonly contextDone: number
  readonly isShuffled: boolean
  readonly repeat: RepeatMode
  readonly nextEntryId: number
  readonly positionMs: number
  readonly volumePercent: number
  // Not in a row of an earlier version.
  readonly contextName?: string | undefined
  readonly beforeMute?: LoudnessBeforeMute
  readonly replayGain?: ReplayGainMode
}

export class QueueStore {
  readonly #database: Database
  readonly #lists: Readonly<Record<'byHand' | 'context' | 'shuffled' | 'history', ListStore<QueueEntry>>>
  #savedOutputs: Remembered['outputs'] | undefined

  constructor(database: Database) {
    this.#database = database
    migrate(database, room, steps)
    this.#lists = {
      byHand: new ListStore(database, 'byHand', pack),
      context: new ListStore(database, 'context', pack),
      history: new ListStore(database, 'history', pack),
      // The context's entries in another order: their numbers are enough, and shuffling writes nothing else.
      shuffled: new ListStore(database, 'shuffled', packIds),
    }
  }

  load(): Remembered | undefined {
    const row = this.#database.get<{ state: string }>('SELECT state FROM player_state')
    if (row === undefined) return undefined
    const state = JSON.parse(row.state) as StateRow
    const { current, contextName, contextDone, isShuffled, repeat, nextEntryId } = state
    const own = this.#lists.context.load(unpack)
    const byId = new Map(isShuffled ? own.map((entry) => [entry.entryId, entry]) : [])
    const shuffled = this.#lists.shuffled.load((bytes) => unpackIds(bytes, byId))
    const queue: Queue = {
      ...emptyQueue,
      current: current ?? undefined,
      byHand: this.#lists.byHand.load(unpack),
      context: isShuffled && shuffled.length === own.length ? shuffled : own,
      history: this.#lists.history.load(unpack),
      contextName,
      contextDone,
      unshuffled: isShuffled ? own : undefined,
      isShuffled,
      repeat,
      nextEntryId,
    }
    const outputs = this.#database.all<{ output_id: string; is_on: number; relative_volume: number }>(
      'SELECT output_id, is_on, relative_volume FROM player_output ORDER BY rowid',
    )
    return {
      queue,
      positionMs: state.positionMs,
      volumePercent: state.volumePercent,
      beforeMute: state.beforeMute ?? { outputs: {} },
      replayGain: state.replayGain ?? 'off',
      outputs: outputs.map((output) => ({
        id: output.output_id,
        isOn: output.is_on === 1,
        relativeVolumePercent: output.relative_volume,
      })),
    }
  }

  /** One transaction; only what differs from the last time. */
  save(next: Remembered): void {
    try {
      this.#database.transaction(() => this.#write(next))
    } catch (error) {
      for (const list of Object.values(this.#lists)) list.forget()
      this.#savedOutputs = undefined
      throw error
    }
    this.#savedOutputs = next.outputs
  }

  #write(next: Remembered): void {
    const { byHand, context, unshuffled, history } = next.queue
    this.#lists.byHand.save(byHand)
    this.#lists.context.save(unshuffled ?? context)
    this.#lists.shuffled.save(unshuffled === undefined ? noEntries : context)
    this.#lists.history.save(history)
    if (next.outputs !== this.#savedOutputs) this.#writeOutputs(next.outputs)
    const { current, contextName, contextDone, isShuffled, repeat, nextEntryId } = next.queue
    const state: StateRow = {
      current: current ?? null,
      contextName,
      contextDone,
      isShuffled,
      repeat,
      nextEntryId,
      positionMs: next.positionMs,
      volumePercent: next.volumePercent,
      beforeMute: next.beforeMute,
      replayGain: next.replayGain,
    }
    this.#database.run(
      'INSERT INTO player_state VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state',
      JSON.stringify(state),
    )
  }

  #writeOutputs(outputs: readonly RememberedOutput[]): void {
    for (const { id, isOn, relativeVolumePercent, isGuest } of outputs) {
      if (isGuest === true) continue
      this.#database.run(
        `INSERT INTO player_output VALUES (?, ?, ?) ON CONFLICT (output_id)
         DO UPDATE SET is_on = excluded.is_on, relative_volume = excluded.relative_volume`,
        id,
        isOn ? 1 : 0,
        relativeVolumePercent,
      )
    }
  }
}

const noEntries: readonly QueueEntry[] = []

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

function packIds(entries: readonly QueueEntry[]): Uint8Array {
  const numbers = new Uint32Array(entries.length)
  for (let index = 0; index < numbers.length; index += 1) numbers[index] = entries[index]?.entryId ?? 0
  return new Uint8Array(numbers.buffer)
}

function unpackIds(bytes: Uint8Array, byId: ReadonlyMap<number, QueueEntry>): QueueEntry[] {
  const entries = Array.from(new Uint32Array(bytes.slice().buffer), (entryId) => byId.get(entryId))
  return entries.filter((entry) => entry !== undefined)
}
