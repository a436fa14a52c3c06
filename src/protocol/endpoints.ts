// Every path that the two ends ask of each other: one row each, read by the host's router,
// the remote's connection and the inspector. Source: docs/protocol/daap-library.md, dacp-control.md.

import type { ContentCode } from './dmap/content-codes.ts'

export interface EndpointRow {
  /** Segments in braces are parameters; each stands for one whole segment. */
  readonly path: string
  /** The container that a DMAP answer comes in. */
  readonly root?: ContentCode
  readonly needs: 'nothing' | 'session'
  /** Plain players may ask for it on a host that shares. */
  readonly isShared: boolean
  /**
   * Whether speakers may ask for it with their Active-Remote number instead of a session. 'own': it is about the
   * speaker that asks.
   */
  readonly speakers: 'none' | 'may' | 'own'
  /** What the one who asks wants, in words. */
  readonly purpose: string
}

const open = { needs: 'nothing', isShared: true, speakers: 'none' } as const
const browse = { needs: 'session', isShared: true, speakers: 'none' } as const
const edit = { needs: 'session', isShared: false, speakers: 'none' } as const
const control = { needs: 'session', isShared: false, speakers: 'none' } as const
/** Commands and questions that speakers send too (dacp-control.md, section 11). */
const speaker = { needs: 'session', isShared: false, speakers: 'may' } as const
const ownVolume = { ...speaker, speakers: 'own' } as const

export const endpoints = {
  // --- the library (DAAP)
  serverInfo: { path: '/server-info', root: 'msrv', ...open, purpose: 'what the host is and can do' },
  contentCodes: { path: '/content-codes', root: 'mccr', ...open, purpose: 'names of the content codes' },
  login: { path: '/login', root: 'mlog', ...open, purpose: 'open a session' },
  logout: { path: '/logout', ...browse, purpose: 'end the session' },
  update: { path: '/update', root: 'mupd', ...browse, purpose: 'wait until the library changes' },
  activity: { path: '/activity', ...browse, purpose: 'keep the session alive' },
  databases: { path: '/databases', root: 'avdb', ...browse, purpose: 'list the libraries' },
  databaseEdit: {
    path: '/databases/{database}/edit',
    root: 'medc',
    ...edit,
    purpose: 'add or remove a playlist',
  },
  containers: {
    path: '/databases/{database}/containers',
    root: 'aply',
    ...browse,
    purpose: 'list the playlists',
  },
  containerItems: {
    path: '/databases/{database}/containers/{container}/items',
    root: 'apso',
    ...browse,
    purpose: 'list the songs of a playlist',
  },
  containerEdit: {
    path: '/databases/{database}/containers/{container}/edit',
    root: 'medc',
    ...edit,
    purpose: 'edit a playlist',
  },
  items: { path: '/databases/{database}/items', root: 'adbs', ...browse, purpose: 'list songs' },
  /** `{file}` is the item id with the format as its ending: 11.mp3. */
  itemStream: {
    path: '/databases/{database}/items/{file}',
    ...browse,
    purpose: 'fetch the sound of a song',
  },
  itemArtwork: {
    path: '/databases/{database}/items/{item}/extra_data/artwork',
    ...browse,
    purpose: 'fetch the picture of a song',
  },
  groups: {
    path: '/databases/{database}/groups',
    root: 'agal',
    ...browse,
    purpose: 'list albums or artists',
  },
  groupArtwork: {
    path: '/databases/{database}/groups/{group}/extra_data/artwork',
    ...browse,
    purpose: 'fetch the picture of an album or artist',
  },
  /** `{kind}`: artists, albums, genres or composers. */
  browse: {
    path: '/databases/{database}/browse/{kind}',
    root: 'abro',
    ...browse,
    purpose: 'list the distinct names of a kind',
  },
  resolve: { path: '/resolve', ...browse, purpose: 'resolve items that changed elsewhere' },

  // --- Apple's own, which a library without FairPlay and Home Sharing declines
  fpSetup: { path: '/fp-setup', ...open, purpose: 'set up FairPlay' },
  homeShareVerify: { path: '/home-share-verify', ...open, purpose: 'prove a Home Sharing membership' },
  closeConnection: {
    path: '/this_request_is_simply_to_send_a_close_connection_header',
    ...open,
    purpose: 'let the connection be closed (iTunes when it leaves)',
  },

  // --- the remote's own little server
  pair: {
    path: '/pair',
    root: 'cmpa',
    needs: 'nothing',
    isShared: false,
    speakers: 'none',
    purpose: 'prove to the remote that its digits were typed',
  },

  // --- the player (DACP)
  controlInterface: {
    path: '/ctrl-int',
    root: 'caci',
    needs: 'nothing',
    isShared: false,
    speakers: 'none',
    purpose: 'what the player can do',
  },
  getproperty: {
    path: '/ctrl-int/{interface}/getproperty',
    root: 'cmgt',
    ...speaker,
    purpose: 'read properties',
  },
  setproperty: { path: '/ctrl-int/{interface}/setproperty', ...speaker, purpose: 'set properties' },
  playstatusupdate: {
    path: '/ctrl-int/{interface}/playstatusupdate',
    root: 'cmst',
    ...speaker,
    purpose: 'wait until the player changes',
  },
  cue: { path: '/ctrl-int/{interface}/cue', root: 'cacr', ...control, purpose: 'play what a query finds' },
  playspec: { path: '/ctrl-int/{interface}/playspec', ...control, purpose: 'play a playlist' },
  playqueueEdit: {
    path: '/ctrl-int/{interface}/playqueue-edit',
    root: 'cacr',
    ...control,
    purpose: 'change the queue',
  },
  playqueueContents: {
    path: '/ctrl-int/{interface}/playqueue-contents',
    root: 'ceQR',
    ...control,
    purpose: 'list the queue',
  },
  nowplayingartwork: {
    path: '/ctrl-int/{interface}/nowplayingartwork',
    ...control,
    purpose: 'fetch the picture of the song that plays',
  },
  getspeakers: {
    path: '/ctrl-int/{interface}/getspeakers',
    root: 'casp',
    ...speaker,
    purpose: 'list the speakers',
  },
  setspeakers: { path: '/ctrl-int/{interface}/setspeakers', ...control, purpose: 'choose the speakers' },
  play: { path: '/ctrl-int/{interface}/play', ...speaker, purpose: 'play' },
  pause: { path: '/ctrl-int/{interface}/pause', ...speaker, purpose: 'pause' },
  playpause: { path: '/ctrl-int/{interface}/playpause', ...speaker, purpose: 'play or pause' },
  discretePause: {
    path: '/ctrl-int/{interface}/discrete-pause',
    ...speaker,
    purpose: 'pause, never play',
  },
  stop: { path: '/ctrl-int/{interface}/stop', ...speaker, purpose: 'stop' },
  nextitem: { path: '/ctrl-int/{interface}/nextitem', ...speaker, purpose: 'next song' },
  previtem: {
    path: '/ctrl-int/{interface}/previtem',
    ...speaker,
    purpose: 'previous song, or this one again',
  },
  beginff: { path: '/ctrl-int/{interface}/beginff', ...speaker, purpose: 'start fast forward' },
  beginrew: { path: '/ctrl-int/{interface}/beginrew', ...speaker, purpose: 'start rewinding' },
  playresume: { path: '/ctrl-int/{interface}/playresume', ...speaker, purpose: 'end fast forward or rewind' },
  volumeup: { path: '/ctrl-int/{interface}/volumeup', ...ownVolume, purpose: 'louder' },
  volumedown: { path: '/ctrl-int/{interface}/volumedown', ...ownVolume, purpose: 'quieter' },
  mutetoggle: { path: '/ctrl-int/{interface}/mutetoggle', ...ownVolume, purpose: 'mute or unmute' },
  shuffleSongs: { path: '/ctrl-int/{interface}/shuffle_songs', ...speaker, purpose: 'switch shuffle' },
  setGeniusSeed: {
    path: '/ctrl-int/{interface}/set-genius-seed',
    ...control,
    purpose: 'start Genius from a song',
  },
  geniusShuffle: { path: '/ctrl-int/{interface}/genius-shuffle', ...control, purpose: 'Genius shuffle' },

  // --- Apple TV
  controlpromptentry: {
    path: '/ctrl-int/{interface}/controlpromptentry',
    ...control,
    purpose: 'a key, a touch or typed text',
  },
  /** At the root, not under /ctrl-int. */
  controlpromptupdate: {
    path: '/controlpromptupdate',
    root: 'cmcp',
    ...control,
    purpose: 'wait until the screen wants text',
  },
} as const satisfies Record<string, EndpointRow>

export type EndpointName = keyof typeof endpoints

interface Pattern {
  readonly name: EndpointName
  /** `{name}` stands for a parameter. */
  readonly segments: readonly string[]
}

const patterns = new Map<number, Pattern[]>()
for (const name of Object.keys(endpoints) as EndpointName[]) {
  const segments = endpoints[name].path.split('/')
  const sameLength = patterns.get(segments.length) ?? []
  patterns.set(segments.length, [...sameLength, { name, segments }])
}

/** The path with its parameters filled in and escaped. */
export function pathOf(
  name: EndpointName,
  params: Readonly<Record<string, string | number | bigint>> = {},
): string {
  return endpoints[name].path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
    const value = params[parameter]
    if (value === undefined) throw new TypeError(`${name} needs the parameter ${parameter}`)
    return encodeURIComponent(String(value))
  })
}

/** Which endpoint a path (without "?") means; parameters are decoded. Undefined for paths nobody knows. */
export function matchEndpoint(
  path: string,
): { name: EndpointName; params: Readonly<Record<string, string>> } | undefined {
  const given = path.split('/')
  const sameLength = patterns.get(given.length)
  if (sameLength === undefined) return undefined
  // Every request comes by here: nothing is made for the patterns that are not meant.
  for (const { name, segments } of sameLength) {
    const params = hasShape(segments, given) ? paramsOf(segments, given) : undefined
    if (params !== undefined) return { name, params }
  }
  return undefined
}

function hasShape(pattern: readonly string[], given: readonly string[]): boolean {
  for (let at = 0; at < pattern.length; at += 1)
    if (pattern[at] !== given[at] && !isParameter(pattern[at])) return false
  return true
}

function isParameter(segment: string | undefined): segment is string {
  return segment?.startsWith('{') === true
}

/** Undefined when one is empty or cannot be decoded. */
function paramsOf(pattern: readonly string[], given: readonly string[]) {
  const params: Record<string, string> = {}
  for (let at = 0; at < pattern.length; at += 1) {
    const segment = pattern[at]
    if (!isParameter(segment)) continue
    const value = decodedSegment(given[at] ?? '')
    if (value === undefined || value === '') return undefined
    params[segment.slice(1, -1)] = value
  }
  return params
}

function decodedSegment(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
