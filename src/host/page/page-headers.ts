import { createHash } from 'node:crypto'

/** What a page of ours may do: nothing but what comes from this host. No frame around it. */
const otherRules = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "font-src 'self'",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
]

/**
 * Of every answer that a browser may show. No opener policy: over plain http a browser only complains of it.
 * Of scripts within it those of `ownScripts` run, by their hashes, and no other.
 */
export function pageHeadersFor(ownScripts: readonly string[]): readonly string[] {
  const scripts = ["script-src 'self'", ...ownScripts.map(hashOf)].join(' ')
  const policy = [scripts, ...otherRules].join('; ')
  return [
    ...['Content-Security-Policy', policy],
    ...['X-Content-Type-Options', 'nosniff'],
    ...['Referrer-Policy', 'no-referrer'],
  ]
}

/** Where there is none. */
export const pageHeaders = pageHeadersFor([])

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`
}
