// Whether a service can be announced at all: what breaks these rules is a mistake of the program, told at once.

import { longestLabelBytes } from '../dns/name.ts'
import type { ServiceToAnnounce } from '../types.ts'

/** RFC 6763 7: letters, digits and hyphens, at most 15, over TCP or UDP. */
const serviceType = /^_[a-z0-9](?:[a-z0-9-]{0,13}[a-z0-9])?\._(?:tcp|udp)$/i
/** RFC 6763 6.4: printable ASCII without "=". */
const txtKey = /^[\x20-\x3c\x3e-\x7e]+$/
/** RFC 6763 6.2: what still fits one packet with all that is sent along. */
const longestTxtBytes = 1300

/** Throws a TypeError that says what is wrong. */
export function checkService({ type, name, port, subtypes = [], txt }: ServiceToAnnounce): void {
  demand(serviceType.test(type), `not a service type such as _http._tcp: ${type}`)
  demand(/[^\p{Cc}]/u.test(name), 'a service needs a name')
  demand(Number.isInteger(port) && port >= 0 && port <= 0xffff, `not a port: ${port}`)
  for (const subtype of subtypes) {
    const bytes = Buffer.byteLength(subtype)
    demand(bytes > 0 && bytes <= longestLabelBytes, `a subtype has 1 to 63 bytes: ${subtype}`)
  }
  checkTxt(txt)
}

/** The same for new TXT data. */
export function checkTxt(txt: ServiceToAnnounce['txt']): void {
  let bytes = 0
  for (const [key, value] of Object.entries(txt)) {
    demand(txtKey.test(key), `not a TXT key: ${JSON.stringify(key)}`)
    bytes += Math.min(256, 2 + key.length + Buffer.byteLength(value))
  }
  demand(bytes <= longestTxtBytes, `TXT data of ${bytes} bytes; ${longestTxtBytes} fit`)
}

function demand(isRight: boolean, reason: string): void {
  if (!isRight) throw new TypeError(reason)
}
