// What hosts do differently, as one table. Facts: docs/protocol/clients.md, "Hosts at our remote".

export type HostKind = 'tonearm' | 'owntone' | 'itunes' | 'apple-tv' | 'other'

/** The main database, and its playlist of everything. */
export interface LibraryIds {
  readonly id: number
  readonly basePlaylistId: number
}

export interface HostQuirks {
  readonly kind: HostKind
  /** Has `/api`: ranked search, and changes with their cause over one WebSocket. */
  readonly hasApi: boolean
  /** The numbers of its library, where they are always these and need not be asked for. */
  readonly libraryIds: LibraryIds | undefined
  /** A refusal that may mean "your session is gone". Our own host says 403 and nothing else. */
  mayHaveLostSession(status: number): boolean
  /** Says nothing when a song merely starts again, or repeat changes: read again after such a command. */
  readonly isSilentAboutSome: boolean
  /** Read the play status again this often, since not every change ends a wait. */
  readonly rereadEveryMs: number | undefined
  /** A query it cannot read is ignored and the whole library comes back: check answers against what was asked. */
  readonly ignoresBadQueries: boolean
  /** Knows `playqueue-edit?command=add` etc. for sure or not at all; undefined: as bit 0 of `ceSX` says. */
  readonly hasPlayQueue: boolean | undefined
  /** Takes `volumeup` and `volumedown` from a remote; else the volume is read and set. */
  readonly hasVolumeSteps: boolean
  /** Takes `mutetoggle` from a remote; else the volume goes to 0 and back. */
  readonly hasMute: boolean
  /** Has a screen that keys and touches steer. */
  readonly hasScreen: boolean
}

/** As pyatv: anything but success and "not now" may be a session that ended. */
const anyRefusal = (status: number): boolean => status >= 300 && status !== 500

const usual = {
  hasApi: false,
  libraryIds: undefined,
  mayHaveLostSession: anyRefusal,
  isSilentAboutSome: true,
  rereadEveryMs: undefined,
  ignoresBadQueries: false,
  hasPlayQueue: undefined,
  hasVolumeSteps: false,
  hasMute: false,
  hasScreen: false,
} as const satisfies Omit<HostQuirks, 'kind'>

export const quirksOf: Readonly<Record<HostKind, HostQuirks>> = {
  tonearm: {
    ...usual,
    kind: 'tonearm',
    hasApi: true,
    libraryIds: { id: 1, basePlaylistId: 1 },
    mayHaveLostSession: (status) => status === 403,
    isSilentAboutSome: false,
    hasVolumeSteps: true,
    hasMute: true,
  },
  owntone: { ...usual, kind: 'owntone', rereadEveryMs: 10_000, ignoresBadQueries: true },
  itunes: { ...usual, kind: 'itunes' }, // one wait per session, and closing it ends the session: watch-polls.ts
  'apple-tv': {
    ...usual,
    kind: 'apple-tv',
    hasPlayQueue: false,
    hasVolumeSteps: true,
    hasScreen: true,
  },
  other: { ...usual, kind: 'other', ignoresBadQueries: true },
}

const serverNames: readonly (readonly [RegExp, HostKind])[] = [
  [/^tonearm\b/i, 'tonearm'],
  [/^(?:owntone|forked-daapd|mt-daapd)\b/i, 'owntone'],
  [/^(?:itunes|music)\b/i, 'itunes'],
]

/** By the header `DAAP-Server`, and `ceDR` of `/ctrl-int`, which only an Apple TV sets. */
export function hostKind(serverHeader: string | undefined, isAppleTv: boolean): HostKind {
  if (isAppleTv) return 'apple-tv'
  return serverNames.find(([pattern]) => pattern.test(serverHeader ?? ''))?.[1] ?? 'other'
}
