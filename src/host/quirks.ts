// Other people's habits: what a client needs done differently, told by its User-Agent.
// One row per habit; the first that matches wins. Sources: docs/protocol/clients.md, daap-library.md 1.

export interface ClientHabits {
  /** asgr: which kinds of groups we say we can list. 3 is artists and albums; iTunes 12 and Music break on anything but 0. */
  readonly groupKinds: 0 | 3
  /** Status for artwork that is not there: 'standard' is 204 in the library and 404 for now playing. */
  readonly missingArtwork: 'standard' | 'empty 200'
}

const ordinary: ClientHabits = { groupKinds: 3, missingArtwork: 'standard' }

const rows: readonly (readonly [userAgent: RegExp, habits: Partial<ClientHabits>])[] = [
  [/^(iTunes|Music)\b/, { groupKinds: 0 }],
  // pyatv logs in again on 404; it calls itself by one fixed Remote number.
  [/^Remote\/1021$/, { missingArtwork: 'empty 200' }],
  // TunesRemote sends what its Java runtime says.
  [/^(Java\/|Dalvik\/)/, { missingArtwork: 'empty 200' }],
]

const known = rows.map(([userAgent, habits]) => [userAgent, { ...ordinary, ...habits }] as const)

/** The habits of who calls itself so; ordinary ones for everyone unknown. */
export function habitsOf(userAgent: string | undefined): ClientHabits {
  if (userAgent === undefined) return ordinary
  return known.find(([pattern]) => pattern.test(userAgent))?.[1] ?? ordinary
}
