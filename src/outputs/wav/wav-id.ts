// `wav:FILE?rate=48000&bits=24`: the output's name says its file and shape.

import { resolve } from 'node:path'
import type { WavShape } from '../../audio/index.ts'
import { KnownError } from '../../errors.ts'

const someBits = [16, 24, 32] as const

/** NO_SUCH_OUTPUT when file, rate or bits make no sense. */
export function parseWavId(id: string): WavShape & { path: string } {
  const [file = '', settings = ''] = id.slice('wav:'.length).split('?', 2)
  const asked = new URLSearchParams(settings)
  const sampleRateHz = Number(asked.get('rate') ?? 44_100)
  const bits = someBits.find((some) => some === Number(asked.get('bits') ?? 16))
  if (file === '') throw new KnownError('NO_SUCH_OUTPUT', { output: id, reason: 'the file is missing' })
  if (!(Number.isInteger(sampleRateHz) && sampleRateHz >= 8000 && sampleRateHz <= 384_000))
    throw new KnownError('NO_SUCH_OUTPUT', { output: id, reason: 'rate must be from 8000 to 384000' })
  if (bits === undefined)
    throw new KnownError('NO_SUCH_OUTPUT', { output: id, reason: 'bits must be 16, 24 or 32' })
  return { path: resolve(file), sampleRateHz, bits }
}
