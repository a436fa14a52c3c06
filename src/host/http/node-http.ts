// Node's HTTP, without what `import` of it brings along: an import reads every name of the module, and one of them,
// WebSocket, loads a whole client for the web, a tenth of a second and 13 MB.

import type * as http from 'node:http'
import type * as https from 'node:https'

export const { get, request, createServer, STATUS_CODES, validateHeaderValue }: typeof http =
  process.getBuiltinModule('node:http')

/** Loaded only where there is a port with TLS. */
export function createSecureServer(options: https.ServerOptions): https.Server {
  return process.getBuiltinModule('node:https').createServer(options)
}
