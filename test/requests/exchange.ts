// One request to the letter: the target is sent as it stands, and the answer is unzipped and nothing more.

import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'

export interface RawRequest {
  readonly method?: 'GET' | 'POST' | 'HEAD'
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Uint8Array
}

export async function exchange(
  port: number,
  { method = 'GET', target, headers = {}, body: sentBody = '' }: RawRequest,
): Promise<RawAnswer> {
  const asking = request({ host: '127.0.0.1', port, method, path: target, headers, agent: false })
  asking.end(sentBody)
  const [response] = (await once(asking, 'response')) as [IncomingMessage]
  const sent = await buffer(response)
  const body = response.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent
  return { status: response.statusCode ?? 0, headers: response.headers, body }
}
