// What the host says of itself. It lies in the page that it served, so that nobody has to ask before the music.

import type { AboutOwnHost } from '../../remote/index.ts'

export interface About extends AboutOwnHost {
  readonly databaseId: string
}

export const aboutPath = '/api/about'

/** In what the page brought; undefined where that has none. It may be older than the host. */
export function aboutWithin(): About | undefined {
  const text = document.getElementById('about')?.textContent
  return text ? aboutOf(text) : undefined
}

/** Of what `/api/about` answers. */
export function aboutOf(text: string): About {
  const said = Object(JSON.parse(text)) as Record<string, unknown>
  const { name, version, databaseId, macAddresses } = said
  return {
    name: String(name ?? ''),
    version: String(version ?? ''),
    databaseId: String(databaseId ?? ''),
    macAddresses: Array.isArray(macAddresses) ? macAddresses.map(String) : [],
  }
}
