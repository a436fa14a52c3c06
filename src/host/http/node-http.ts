// Node's HTTP, without what `import` of it brings along: an import reads every name of the module, and one of them,
// WebSocket, loads a whole client for the web, a tenth of a second and 13 MB.

import type * as http from 'node:http'

export const { get, request }: typeof http = process.getBuiltinModule('node:http')
