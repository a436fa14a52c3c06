// What both ends agree on for the way from outside: TLS on a port of its own.

/** Where a host is looked for by `tls://HOST` without a port. */
export const securePort = 3690
