// What is asked of a decoder, whatever file it is given.

import { type Decoder, openDecoder } from '../../src/audio/index.ts'
import { KnownError } from '../../src/errors.ts'

/** Plays some of the file, and from another place; rejects unless that works or is refused with CANNOT_DECODE. */
export async function playsOrIsRefused(path: string): Promise<void> {
  let decoder: Decoder | undefined
  try {
    decoder = await openDecoder(path)
    for (let reads = 0; reads < 200 && (await decoder.read()) !== undefined; reads += 1);
    await decoder.seek(1000)
    await decoder.read()
  } catch (error) {
    if (!(error instanceof KnownError && error.code === 'CANNOT_DECODE')) throw error
  } finally {
    await decoder?.close()
  }
}
