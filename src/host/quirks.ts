// Other people's habits: what a client needs done differently, told by its User-Agent.
// One row per habit; the first that matches wins. Sources: docs/protocol/clients.md, daap-library.md 1 and 11.

export interface ClientHabits {
  /** asgr: which kinds of groups we say we can list. 3 is artists and albums; iTunes 12 and Music break on anything but 0. */
  readonly groupKinds: 0 | 3
  /** Status for the picture of a song, album or artist that has none; 200 comes without a byte. */
  readonly missingPicture: 204 | 200
  /** Status for the picture of what plays when there is none; 200 comes without a byte. */
  readonly missingNowPlaying: 404 | 200
  /** Codecs that it plays; other songs are sent to it as WAV where they can be. Undefined: it takes whatever there is. */
  readonly plays: ReadonlySet<string> | undefined
}

const ordinary: ClientHabits = {
  groupKinds: 3,
  missingPicture: 204,
  missingNowPlaying: 404,
  plays: new Set(['mpeg', 'alac', 'wav']),
}
/** Whatever plays through QuickTime. OwnTone's list, and AIFF, which is Apple's own. */
const applePlays = new Set(['mpeg', 'mp4a', 'mp4v', 'alac', 'wav', 'aif'])

const rows: readonly (readonly [userAgent: RegExp, habits: Partial<ClientHabits>])[] = [
  [/^(iTunes|Music)\b/, { groupKinds: 0, plays: applePlays }],
  [/^(QuickTime|Front(%20| )Row|AppleCoreMedia)\b/, { plays: applePlays }],
  [/^Roku\b/, { plays: new Set(['mpeg', 'mp4a', 'wma', 'alac', 'wav']) }],
  [/^Hifidelio\b/, { plays: undefined }],
  // Both Apple's Remote and pyatv, which copies it to the letter. pyatv asks only for what plays, and logs in again on
  // 404; Apple's app knows the empty 200 from Apple TV, and everything else is as usual for it.
  [/^Remote\/1021$/, { missingNowPlaying: 200 }],
  // TunesRemote sends what its Java runtime says.
  [/^(Java\/|Dalvik\/)/, { missingPicture: 200, missingNowPlaying: 200 }],
]

const known = rows.map(([userAgent, habits]) => [userAgent, { ...ordinary, ...habits }] as const)

/** The habits of who calls itself so; ordinary ones for everyone unknown. */
export function habitsOf(userAgent: string | undefined): ClientHabits {
  if (userAgent === undefined) return ordinary
  return known.find(([pattern]) => pattern.test(userAgent))?.[1] ?? ordinary
}
