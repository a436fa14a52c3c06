// Every error a person may meet: one row each, thrown by code, shown with a way out.
// Caught once per door: the router makes a status of it, the command line `says`, `try` and the code.

export interface ErrorRow {
  /** HTTP status when it reaches a door that speaks HTTP. */
  readonly status: number
  /** One sentence: what happened. */
  readonly says: string
  /** One sentence: the way out. */
  readonly try: string
}

export const errors = {
  // --- the machine and its folders
  FOLDER_MISSING: {
    status: 400,
    says: 'The music folder does not exist or cannot be read.',
    try: 'Check the path, or connect the drive it is on.',
  },
  PORT_IN_USE: {
    status: 500,
    says: 'The port is in use by another program.',
    try: 'Choose another one with --port, or --port 0 for a free one.',
  },
  ADDRESS_NOT_USABLE: {
    status: 500,
    says: 'The host cannot listen on this address or port.',
    try: 'Check --listen against the addresses of this machine; ports below 1024 need more rights.',
  },
  DATA_LOCKED: {
    status: 500,
    says: 'The data directory is used by another host.',
    try: 'Stop that host first, or choose another directory with --data.',
  },
  DATA_NOT_WRITABLE: {
    status: 500,
    says: 'The data directory cannot be written.',
    try: 'Give your user the right to write there, or choose another directory with --data.',
  },
  DATA_NOT_PRIVATE: {
    status: 500,
    says: 'The data directory stands open to others, and it is not yours to close.',
    try: 'Make it yours (chown) and private (chmod 700), or choose another directory with --data.',
  },
  DATA_DAMAGED: {
    status: 500,
    says: 'A file in the data directory is damaged.',
    try: 'Put it back from a backup, or move the file away: what it held begins anew.',
  },
  DATA_GONE: {
    status: 500,
    says: 'The data directory is gone, or the disk it is on does not answer.',
    try: 'Stop the host, bring the directory or the disk back, and start it again; without them it begins anew.',
  },
  DATA_FROM_NEWER_VERSION: {
    status: 500,
    says: 'The data directory was written by a newer version of Tonearm.',
    try: 'Update Tonearm, or choose another directory with --data.',
  },
  BAD_CERTIFICATE: {
    status: 500,
    says: 'The certificate or its key cannot be used.',
    try: 'Give both as PEM files that belong together (--certificate FILE --key FILE), or neither: then the host makes its own.',
  },

  BAD_SETTING: {
    status: 500,
    says: 'A setting cannot be understood.',
    try: 'Correct it where it stands: the configuration file, the environment or the command line.',
  },

  // --- sessions and pairing
  NOT_PAIRED: {
    status: 503, // as iTunes: 401 would make a phone ask for a password
    says: 'This remote is not paired with the library.',
    try: 'Pair it: “Add a library” on a phone, `tonearm pair` on a computer; then type its digits on the host.',
  },
  NO_SESSION: { status: 403, says: 'The session has ended or was never opened.', try: 'Log in again.' },
  NOT_OWNER: {
    status: 403,
    says: 'Only the owner of this library may do that.',
    try: 'Run the command on the host with its --data directory, or open the link that `tonearm open` prints.',
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    says: 'Too many failed attempts from this address.',
    try: 'Wait a minute, then try again.',
  },
  WRONG_PIN: {
    status: 403,
    says: 'The remote did not accept these digits.',
    try: 'Read the four digits on the remote again and type them here.',
  },
  REMOTE_GONE: {
    status: 504,
    says: 'The remote that asked to be paired does not answer.',
    try: 'Keep its pairing screen open, and check that no firewall is between you.',
  },
  BAD_REMOTE_ANSWER: {
    status: 502,
    says: 'The remote sent something that cannot be understood.',
    try: 'Open its pairing screen again; if it stays, report it with a capture.',
  },
  REMOTE_ELSEWHERE: {
    status: 409,
    says: 'This address is in no network of the host, and machines elsewhere do not say that they ask to be paired.',
    try: 'On that computer run `tonearm pair` with the address of the host; for phones see `tonearm relay`.',
  },
  TOO_MANY_PAIRING_REQUESTS: {
    status: 429,
    says: 'Too many requests to be paired are open.',
    try: 'Accept one of them, or wait five minutes until they have run out.',
  },
  OWNER_LINK_USED: {
    status: 403,
    says: 'This owner link was used already, or its ten minutes are over.',
    try: 'Make a new one with `tonearm open`.',
  },
  PASSWORD_NEEDED: {
    status: 401,
    says: 'This library is shared with a password.',
    try: 'Log in with the password that the owner of the library chose.',
  },
  TOO_MANY_WATCHERS: {
    status: 429,
    says: 'This remote follows the host too many times at once.',
    try: 'Close some of its pages or programs, then try again.',
  },
  TOO_MANY_LISTENERS: {
    status: 429,
    says: 'As many listen to this host already as may.',
    try: 'Stop one of them, or switch it off among the speakers.',
  },
  NO_SUCH_STREAM: {
    status: 404,
    says: 'There is no stream at this address, or no longer.',
    try: 'Choose “Listen here” in the page again; it makes a new address.',
  },
  NO_SUCH_PAIRING_REQUEST: {
    status: 404,
    says: 'No such remote is asking to be paired.',
    try: 'List those who ask with `tonearm accept`.',
  },
  NO_SUCH_PAIRING: {
    status: 404,
    says: 'No remote with this guid is paired.',
    try: 'List them with `tonearm pairings`.',
  },

  // --- requests
  BAD_REQUEST: { status: 400, says: 'The request cannot be understood.', try: 'Check its parameters.' },
  BAD_QUERY: {
    status: 400,
    says: 'The query cannot be understood.',
    try: 'Look at the offset named with it; docs/protocol/daap-library.md has the grammar.',
  },
  TOO_LARGE: { status: 413, says: 'The request is larger than any real one.', try: 'Send less at once.' },
  HOST_NOT_ALLOWED: {
    status: 421,
    says: 'This host does not answer under that name.',
    try: 'Use its address, or list the name under allowed-hosts.',
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    says: 'A page from another place asked for this.',
    try: 'Open the page of this host itself.',
  },
  NOT_FOUND: {
    status: 404,
    says: 'There is nothing under this name.',
    try: 'Refresh the list and choose again.',
  },
  NOT_SUPPORTED: {
    status: 500, // to remotes a 500 means "not here"; anything else makes some log in again and repeat
    says: 'This host cannot do that.',
    try: 'It has no screen to steer; everything else of a remote works.',
  },
  NOTHING_TO_PLAY: {
    status: 500,
    says: 'There is nothing to play.',
    try: 'Choose an album or a song first.',
  },
  NOTHING_SIMILAR: {
    status: 500,
    says: 'Nothing in the library is known to be like this song.',
    try: 'Songs are alike by artist, composer, genre and year in their tags, and by being played together.',
  },
  NOTHING_TO_UNDO: {
    status: 409,
    says: 'There is no change of the queue to take back.',
    try: 'Changes of before the last start of the host cannot be taken back.',
  },
  PLAYLIST_NOT_EDITABLE: {
    status: 409,
    says: 'This playlist cannot be changed like that.',
    try: 'Songs go into playlists that were made by hand: make one with `tonearm playlists make NAME`.',
  },
  PLAYLIST_FULL: {
    status: 409,
    says: 'The playlist would become longer than one can be, or there would be too many playlists.',
    try: 'Take something out first, or make a smart playlist of rules instead.',
  },
  BAD_RULES: {
    status: 400,
    says: 'The rules of this smart playlist cannot be understood.',
    try: 'Correct the place named with it; docs/smart-playlists.md has all fields and what they can be asked.',
  },
  TOO_MANY_STREAMS: {
    status: 503,
    says: 'The host converts as many songs at once as it can.',
    try: 'Stop one of the other players, or wait until one has ended its song.',
  },
  NOT_IN_LIBRARY: {
    status: 400,
    says: 'This folder is not in the library.',
    try: 'Name a music folder of the host, or a folder in one.',
  },
  SCAN_CANCELLED: {
    status: 503,
    says: 'The scan was called off.',
    try: 'Start another one: it goes on where this one ended.',
  },
  SCAN_FAILED: {
    status: 500,
    says: 'The scan did not come to its end.',
    try: 'Read what the host says about it, and start it again.',
  },
  DISK_FULL: {
    status: 507,
    says: 'The disk that holds the data directory is full.',
    try: 'Make some room. Nothing that was stored is lost, and a scan goes on by itself.',
  },
  STARTING: { status: 503, says: 'The host is still starting.', try: 'Connect again in a moment.' },
  SHUTTING_DOWN: { status: 503, says: 'The host is shutting down.', try: 'Connect again in a moment.' },

  // --- sound
  CANNOT_DECODE: {
    status: 500,
    says: 'This file cannot be played here.',
    try: 'Play another song, or convert this file, for example to FLAC.',
  },
  NO_OUTPUT: {
    status: 500,
    says: 'There is no output to play on.',
    try: 'Choose one with --output, for example --output system or --output wav:FILE.',
  },
  NO_SUCH_OUTPUT: {
    status: 404,
    says: 'There is no such output.',
    try: 'Use system, null, or wav:FILE (with ?rate=48000&bits=24 if you like).',
  },
  SPEAKER_LOST: {
    status: 500,
    says: 'The speaker does not answer any more.',
    try: 'Check that it is on and in the network.',
  },

  // --- between networks
  NOTHING_TO_RELAY: {
    status: 400,
    says: 'There are no two networks here, so there is nothing to relay.',
    try: 'Name two interfaces, or link to a relay in the other network with --link ADDRESS or --listen.',
  },
  NO_SUCH_INTERFACE: {
    status: 400,
    says: 'No interface is called so.',
    try: 'Name those that `ip link`, `ifconfig` or the system settings show.',
  },
  WRONG_LINK_CODE: {
    status: 403,
    says: 'The other relay did not accept this code.',
    try: 'Start it with --listen --invite: each code it shows is good once, for ten minutes.',
  },
  NO_LINK_CODE: {
    status: 400,
    says: 'The two relays have not met, and no code was given.',
    try: 'Start the other one with --listen --invite, and type here (or pipe in) the code that it shows.',
  },
  LINK_REFUSED: {
    status: 403,
    says: 'The other relay does not know this one any more.',
    try: 'Forget it here with `tonearm relay --forget ADDRESS`, and link again with a new code.',
  },
  NO_SUCH_RELAY: {
    status: 404,
    says: 'No relay that was called at this address is known.',
    try: 'Write the address as it was given to --link.',
  },
  RELAY_GONE: {
    status: 504,
    says: 'The other relay does not answer any more.',
    try: 'It is called again by itself; check that it runs and that no firewall is between you.',
  },
  RELAY_FLOODS: {
    status: 429,
    says: 'The other relay sends more than any network has to say.',
    try: 'Update it; if it stays, report it with a capture.',
  },

  // --- the remote's side
  HOST_NOT_FOUND: {
    status: 504,
    says: 'No such host was found.',
    try: 'Check its name with `tonearm find`, or give its address with --host ADDRESS:PORT.',
  },
  HOST_GONE: {
    status: 504,
    says: 'The host does not answer.',
    try: 'Check that it is on and reachable; `tonearm find` lists those that are.',
  },
  CERTIFICATE_CHANGED: {
    status: 502,
    says: 'The host shows another certificate than before, so nothing was sent: somebody may stand between you and it.',
    try: 'If it was changed on purpose, compare its fingerprint with the one the host prints, then run `tonearm trust HOST FINGERPRINT`.',
  },
  HOST_ASLEEP: {
    status: 504,
    says: 'The host did not wake up.',
    try: 'Check that waking by network is switched on in its firmware and its system, and that a cable connects it.',
  },
  NO_HARDWARE_ADDRESS: {
    status: 404,
    says: 'The hardware address of this host is not known yet, so it cannot be woken.',
    try: 'Use it once while it is awake: its address is remembered then.',
  },
  NOT_ON_LINK: {
    status: 409,
    says: 'The host is in another network, where packets that wake do not get to.',
    try: 'Let a Tonearm host that stays awake there wake it: `tonearm wake HOST --via OTHER`.',
  },
  WOKEN_LATELY: {
    status: 429,
    says: 'As many wake packets as a minute may have were sent already.',
    try: 'Wait a minute, then try again: more of them look like an attack to filters in the network.',
  },
  WHICH_HOST: {
    status: 400,
    says: 'It is not known yet which library is at this address from outside.',
    try: 'Use it once at home first, or say which one it is: `tonearm trust HOST FINGERPRINT --at tls://ADDRESS:PORT`.',
  },
  BAD_ADDRESS: {
    status: 400,
    says: 'This is not an address of a host.',
    try: 'Write it as NAME, ADDRESS, ADDRESS:PORT or [IPv6]:PORT.',
  },
  NOT_A_TONEARM_HOST: {
    status: 502,
    says: 'Only Tonearm hosts can be paired with by address.',
    try: 'Pair from its own network with `tonearm pair`, or let `tonearm relay` bring it here.',
  },
  NO_HOST_CHOSEN: {
    status: 400,
    says: 'No host was named, none was used before, and none runs from this data directory.',
    try: 'See which there are with `tonearm find`, then name one with --host, or pair with `tonearm pair`.',
  },
  HOST_REFUSED: {
    status: 502,
    says: 'The host refused this.',
    try: 'Check that it can do it at this moment, for example that something is in its queue.',
  },
  NO_QUEUE: {
    status: 501,
    says: 'This host does not tell its queue.',
    try: 'Play an album or a song instead; `tonearm status` shows what plays.',
  },
  SPEAKER_PASSWORD: {
    status: 502,
    says: 'A speaker wants a password.',
    try: 'Give the host the password of this speaker first.',
  },
  NO_MATCH: {
    status: 404,
    says: 'Nothing in the library matches.',
    try: 'Try fewer or other words; `tonearm search` lists what matches.',
  },
  NO_TEXT_FIELD: {
    status: 409,
    says: 'The screen does not ask for text.',
    try: 'Go to a field first, such as a search, with `tonearm keys`.',
  },
  NO_SUCH_SPEAKER: {
    status: 404,
    says: 'No speaker of this host is called so.',
    try: 'List them with `tonearm speakers`.',
  },
  SEVERAL_MATCH: {
    status: 400,
    says: 'Several are called so.',
    try: 'Name the one you mean by its number, such as "#101".',
  },
  CANNOT_WRITE: {
    status: 500,
    says: 'The file cannot be written.',
    try: 'Choose another place, or free some space.',
  },
  NO_PICTURE: {
    status: 404,
    says: 'There is no picture for this.',
    try: 'Put a cover.jpg into the album’s folder on the host.',
  },
  PAIRING_CLOSED: {
    status: 403,
    says: 'Pairing was closed after five wrong codes.',
    try: 'Start it again with `tonearm pair`; it shows new digits.',
  },
  NO_PIN: {
    status: 400,
    says: 'No digits were typed, so nothing was paired.',
    try: 'Run `tonearm accept` again when you have them.',
  },
  NO_RUNNING_HOST: {
    status: 504,
    says: 'No host runs from this data directory.',
    try: 'Start one with `tonearm host`, or name its directory with --data.',
  },
  BAD_USE: {
    status: 400,
    says: 'The command was not understood.',
    try: 'See `tonearm help`.',
  },
  BAD_ANSWER: {
    status: 502,
    says: 'The host sent something that cannot be understood.',
    try: 'Update both ends; if it stays, report it with a capture.',
  },
  BAD_PACKET: {
    status: 502,
    says: 'A packet is malformed.',
    try: 'If it is from a known product, report it with a capture.',
  },
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errors

export class KnownError extends Error {
  override readonly name = 'KnownError'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(errors[code].says, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  get row(): ErrorRow {
    return errors[this.code]
  }
}
