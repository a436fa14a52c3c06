// `stream:5f02c1.mp3`: an output's name says whose stream it is and in which form; `.2` for a second one of the same.

import { type EncodedFormat, encodedFormats } from '../../audio/index.ts'

export interface StreamOutputId {
  readonly streamId: string
  readonly format: EncodedFormat
  /** From 1. */
  readonly number: number
}

export function streamOutputId({ streamId, format, number }: StreamOutputId): string {
  return `stream:${streamId}.${format}${number === 1 ? '' : `.${number}`}`
}

/** Undefined for what is no stream. */
export function parseStreamOutputId(id: string): StreamOutputId | undefined {
  const [, streamId = '', ending = '', number = '1'] =
    /^stream:([\w-]{1,64})\.([a-z0-9]+)(?:\.(\d{1,2}))?$/.exec(id) ?? []
  const format = encodedFormats.find((known) => known === ending)
  return format && { streamId, format, number: Number(number) }
}
