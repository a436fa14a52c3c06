// A stranger of a machine's: sends the packets it is told to, from the port it is told to, and answers nothing.
// One JSON command per line of stdin: { "hex", "port": 5353 or 0, "to": address with scope }. Says "ready", "sent".

import { createSocket, type Socket } from 'node:dgram'
import { createInterface } from 'node:readline'

export interface StrangerCommand {
  readonly hex: string
  /** 5353, or 0 for one of the stranger's own. */
  readonly port: number
  readonly to: string
  /** The address of the link to send from. */
  readonly from: string
}

const sockets = new Map<string, Socket>()
const tell = (word: string) => process.stdout.write(`${word}\n`)
tell('ready')
for await (const line of createInterface({ input: process.stdin })) {
  const { hex, port, to, from } = JSON.parse(line) as StrangerCommand
  const socket = await socketFor(port, from)
  socket.send(Buffer.from(hex, 'hex'), 5353, to, () => tell('sent'))
}

async function socketFor(port: number, from: string): Promise<Socket> {
  const key = `${port} ${from}`
  const known = sockets.get(key)
  if (known) return known
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  await new Promise<void>((resolve) => {
    socket.bind({ port, address: from }, resolve)
  })
  socket.setMulticastInterface(from)
  socket.setMulticastTTL(255)
  sockets.set(key, socket)
  return socket
}
