// What both ends agree on for the way from outside: TLS on a port of its own.

/** Where a host is looked for by `tls://HOST` without a port. */
export const securePort = 3690

/** Header of the answer to /login there, and of every request after it: 128 bits that go with the session's id. */
export const sessionKeyHeader = 'tonearm-session-key'
