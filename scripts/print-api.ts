// docs/api.md from the table in src/protocol/api.ts. `node scripts/print-api.ts --write` writes it, without it is printed.

import { writeFileSync } from 'node:fs'
import {
  type ApiRoute,
  apiError,
  apiRoutes,
  watchAgain,
  watchMessage,
  watchPath,
} from '../src/protocol/api.ts'
import { errorHeader, playRevisionHeader } from '../src/protocol/index.ts'

/** The parts of a JSON schema that our table uses. */
interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

const whoWords = { anyone: 'anyone', owner: 'the owner', session: 'a session, or the owner' } as const

export function apiPage(): string {
  const routes = Object.values(apiRoutes as Record<string, ApiRoute>).map(routeText)
  return `# The API

What DAAP and DACP have no word for, as JSON. This page is printed from \`src/protocol/api.ts\`.

The owner sends \`Authorization: Bearer TOKEN\` (the file \`owner-token\` in the data directory); a paired remote names
its session as everywhere: \`?session-id=N\`. 64-bit ids are 16 upper-case hex digits, times ISO 8601 in UTC.
Every answer to a command carries both revisions after it; answers under \`/ctrl-int\` have the play revision in the
header \`${playRevisionHeader}\`. Errors name their code in the header \`${errorHeader}\`, and here also in the body:

${fenced(shapeOf(apiError))}

${routes.join('\n')}
## \`${watchPath}\`

A WebSocket, for a session or the owner. The first message comes at once, then one after every change; for
the text \`${watchAgain}\` the first one comes anew. It closes with 4403 when the session has ended and 1001 when the host ends. Each message is one of:

${fenced(shapeOf(watchMessage))}
`
}

function routeText({ method, path, who, purpose, query, body, answer }: ApiRoute): string {
  const parts = [`## \`${method} ${path}\`\n\n${purpose} For ${whoWords[who]}.\n`]
  if (query) parts.push(`Query:\n\n${fenced(shapeOf(query))}\n`)
  if (body) parts.push(`Body:\n\n${fenced(shapeOf(body))}\n`)
  parts.push(`Answer:\n\n${fenced(shapeOf(answer))}\n`)
  return parts.join('\n')
}

function fenced(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``
}

function shapeOf(schema: Schema, indent = ''): string {
  if (schema.const !== undefined) return `'${schema.const}'`
  if (schema.anyOf) return schema.anyOf.map((part) => shapeOf(part, indent)).join(' | ')
  if (schema.type === 'array') return `${shapeOf(schema.items ?? {}, indent)}[]`
  if (schema.properties) {
    const lines = Object.entries(schema.properties).map(([name, part]) => {
      const mark = schema.required?.includes(name) ? '' : '?'
      return `${indent}  ${name}${mark}: ${shapeOf(part, `${indent}  `)}`
    })
    return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`
  }
  if (schema.type === 'integer') return 'number'
  return schema.type ?? 'unknown'
}

if (import.meta.main) {
  if (process.argv.includes('--help'))
    console.log('node scripts/print-api.ts [--write]   prints or writes docs/api.md')
  else if (process.argv.includes('--write')) writeFileSync('docs/api.md', apiPage())
  else console.log(apiPage())
}
