// A responder that speaks for somebody else: answers plain DNS questions for one library as if it were at the place given.
// node false-responder.ts INSTANCE VISIBLE-NAME HOST-NAME ADDRESS PORT

import { createSocket } from 'node:dgram'
import { type DnsRecord, decodeDns, encodeDns, isResponse } from '../../src/discovery/index.ts'

const [instance = '', visibleName = '', hostName = '', address = '', port = ''] = process.argv.slice(2)
const labels = (text: string) => text.split('.').map((label) => new TextEncoder().encode(label))
const type = labels('_touch-able._tcp.local')
const name = [new TextEncoder().encode(instance), ...type]
const host = labels(hostName)
const head = { classCode: 1, isUnique: false, ttlSeconds: 120 }
const records: DnsRecord[] = [
  { ...head, name: type, type: 'PTR', target: name },
  { ...head, name, type: 'SRV', priority: 0, weight: 0, port: Number(port), target: host },
  { ...head, name, type: 'TXT', strings: [new TextEncoder().encode(`CtlN=${visibleName}`)] },
  { ...head, name: host, type: 'A', address },
]

const socket = createSocket({ type: 'udp4', reuseAddr: true })
socket.on('message', (bytes, from) => {
  const asked = decodeDns(bytes)
  // Plain clients only: among responders it would be noticed, and its name be fought over.
  if (isResponse(asked) || from.port === 5353) return
  const answer = { ...asked, flags: 0x8400, answers: records, authorities: [], additionals: [] }
  socket.send(encodeDns(answer), from.port, from.address)
})
socket.bind(5353, () => {
  socket.addMembership('224.0.0.251')
  process.stdout.write('ready\n')
})
