// Where sound goes: nowhere, into a file, to this machine's speakers, to those who listen from elsewhere. Each passes test/contracts/output.contract.ts.
// Not here: what is played and when (player/); outputs only make each block sound at its moment.

import { type Clock, systemClock } from '../clock.ts'
import { KnownError } from '../errors.ts'
import { type Log, silentLog } from '../log.ts'
import type { Output, OutputChoice } from '../player/index.ts'
import { nullOutput } from './null.ts'
import { parseStreamOutputId } from './stream/stream-id.ts'
import { streamOutput } from './stream/stream-output.ts'
import { systemOutput } from './system/system-output.ts'
import { parseWavId } from './wav/wav-id.ts'
import { wavOutput } from './wav/wav-output.ts'

export interface OutputSurroundings {
  readonly clock: Clock
  readonly log: Log
}

export { type ListenerRequest, type Listeners, openListeners } from './stream/listeners.ts'

interface OutputKind {
  readonly isMeant: (id: string) => boolean
  readonly make: (id: string, surroundings: OutputSurroundings) => Output
}

const kinds: readonly OutputKind[] = [
  { isMeant: (id) => id === 'system', make: (_id, { clock }) => systemOutput({ clock }) },
  { isMeant: (id) => id === 'null', make: (_id, { clock }) => nullOutput(clock) },
  {
    isMeant: (id) => id.startsWith('wav:'),
    make: (id, { clock }) => wavOutput({ id, clock, ...parseWavId(id) }),
  },
  { isMeant: (id) => parseStreamOutputId(id) !== undefined, make: (id) => streamOutput(id) },
]

/** Makes the output, touching nothing yet. An unknown id: NO_SUCH_OUTPUT. */
export function makeOutput(id: string, surroundings: OutputSurroundings): Output {
  const kind = kinds.find(({ isMeant }) => isMeant(id))
  if (kind === undefined) throw new KnownError('NO_SUCH_OUTPUT', { output: id })
  return kind.make(id, surroundings)
}

/** The file that the player runs in a thread of its own: audio path and outputs together. */
export const audioWorker = new URL(
  import.meta.url.endsWith('.ts') ? './audio-worker.ts' : './audio-worker.js', // built, the ending changes
  import.meta.url,
)

/** What `openPlayer` needs to know of the outputs a person chose; none chosen: this machine's speakers. */
export function chooseOutputs(ids: readonly string[]): OutputChoice {
  const surroundings = { clock: systemClock, log: silentLog }
  const known = (ids.length === 0 ? ['system'] : [...new Set(ids)]).map((id) => ({
    id,
    name: makeOutput(id, surroundings).name,
  }))
  return { known, on: ids.length === 0 ? undefined : known.map(({ id }) => id), worker: audioWorker }
}
