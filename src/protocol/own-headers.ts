// Headers that only our own hosts and remotes know.

/** Of every refusal: the code of its row (errors.ts), so that a remote need not read sentences. */
export const errorHeader = 'Tonearm-Error'

/** Of every answer under /ctrl-int and /api: the play revision after the command, in decimal. */
export const playRevisionHeader = 'Tonearm-Play-Revision'

/** Of the answer to /login: the session's id in decimal, so that a page can go on before the body is here. */
export const sessionHeader = 'Tonearm-Session'

// --- of requests: in lower case, as a host finds them

/** Shows that a pairing request is one's own. */
export const pairingSecretHeader = 'pairing-secret'

/** From outside, also of the answer to /login: 128 bits that go with the session's id. */
export const sessionKeyHeader = 'tonearm-session-key'
