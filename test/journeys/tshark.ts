// tshark as a stranger who reads what passed: every packet it cannot make sense of, but for its own mistakes.

import { runProcess } from '../lab/process.ts'

/** Frame number and protocol column of each packet that tshark calls malformed. */
export async function malformedPackets(capture: string): Promise<string[]> {
  // tshark takes the bare strings of browse lists for containers, and audio sent as application/x-dmap-tagged for
  // DMAP: both are its mistakes, and every client relies on the host doing so.
  const output = await runProcess('tshark', [
    ...['-r', capture, '-d', 'tcp.port==3689,http'],
    ...['-Y', '_ws.malformed && !(http.response_for.uri contains "/browse/")'],
    ...['-T', 'fields', '-e', 'frame.number', '-e', '_ws.col.Protocol', '-e', 'http.response_for.uri'],
  ])
  return output.split('\n').filter((line) => line !== '')
}
