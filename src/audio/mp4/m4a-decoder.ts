import type { ByteSource } from '../byte-source.ts'
import { cannotDecode, type Decoder } from '../decoder.ts'
export async function warmM4a(): Promise<void> {}
export async function openM4a(_source: ByteSource): Promise<Decoder> {
  throw cannotDecode('M4A files cannot be played yet')
}
