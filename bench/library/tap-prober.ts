// Taps on a volume slider while others load the host: a process of its own, or it would measure the loader.
// Arguments: port, path (of which {n} becomes another number each time). Ends its taps when told so, and says how long each took.

import { Connection } from '../client.ts'

/** As fast as a finger on a slider makes them, and fast enough to fall into every gap. */
const betweenTapsMs = 4

const [port = '', path = ''] = process.argv.slice(2)
const connection = await Connection.open(Number(port))
const taps: number[] = []
const over = new AbortController()
process.once('message', () => over.abort())
console.log('"tapping"')
for (let count = 0; !over.signal.aborted; count += 1) {
  const { status, wholeMs } = await connection.get(path.replace('{n}', String(20 + (count % 60))))
  if (status >= 300) throw new Error(`a tap was answered with ${status}`)
  taps.push(wholeMs)
  await new Promise((resolve) => setTimeout(resolve, betweenTapsMs))
}
connection.close()
console.log(JSON.stringify({ taps }))
process.disconnect()
