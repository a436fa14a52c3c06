// What the host needs of those who can make sound into bytes: outputs/ has it, and the front door hands it over.

import type { Readable } from 'node:stream'
import type { EncodedFormat } from '../../audio/index.ts'

export interface Listeners {
  /** The sound from now on, without an end of its own. TOO_MANY_LISTENERS. */
  connect(request: { streamId: string; name: string; format: EncodedFormat }): Promise<Readable>
  /** Outputs that somebody listens to now. */
  list(): readonly { readonly streamId: string; readonly outputId: string; readonly format: EncodedFormat }[]
  /** Ends what this stream sends, at once. */
  endAllOf(streamId: string): Promise<void>
  close(): void
}
