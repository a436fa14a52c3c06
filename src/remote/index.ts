// The hand-held side, our SDK: connect, browse, control, watch. The same in Node and in a browser.
// Finding hosts, pairing and remembering need a machine of one's own: they are in node.ts.
// Not here: how bytes are written (protocol/), how names are found (discovery/), what a person sees (cli/, web/).

export { addressText, defaultPort, type HostAddress, looksLikeAddress, parseAddress } from './address.ts'
export type { ArtworkOptions, Picture } from './library/artwork.ts'
export type { PageOptions, SongChoice, SongOrder } from './library/browse.ts'
export type { FindOptions, Found } from './library/find.ts'
export type { Album, Artist, Feeling, Letter, Page, Playable, Playlist, Song } from './library/items.ts'
export type { SmartPreview } from './library/playlists.ts'
export type { SimilarOptions } from './library/songs-like.ts'
export type { SecureWay } from './outside.ts'
export {
  type AskToPairOptions,
  askToPair,
  type OpenPairingRequest,
  type PairedByAddress,
} from './pairing/ask-to-pair.ts'
export { type OwnerLinkOptions, useOwnerLink } from './pairing/owner-link.ts'
export type { CommandOptions } from './playing/control.ts'
export {
  type NowPlaying,
  type NowPlayingTrack,
  type PlayState,
  positionAt,
  type RepeatMode,
  type WindDirection,
} from './playing/now-playing.ts'
export type { PlayOptions, QueuePlace, SongContext, WholeQueue } from './playing/play-items.ts'
export type { QueuePosition } from './playing/queue.ts'
export type { PlayQueue, QueueOptions, QueueSong } from './playing/queue-song.ts'
export type { Slider } from './playing/slider.ts'
export type { Speaker } from './playing/speakers.ts'
export {
  type OwnStatus,
  type ReplayGainMode,
  replayGainModes,
  type SleepState,
  type Status,
} from './playing/status.ts'
export type { MadeStream, Stream } from './playing/streams.ts'
export { connectRemote, lookAtHost, type Remote, type RemoteOptions } from './remote.ts'
export { type ScreenKey, type ScreenPrompt, screenKeys, type TouchPoint } from './screen/screen-keys.ts'
export {
  type Ask,
  type Connection,
  type ConnectionAnswer,
  fetchConnection,
  type RequestOptions,
  type SocketLike,
  socketMessages,
} from './talk/connection.ts'
export type { AboutOwnHost, HostFacts } from './talk/host-facts.ts'
export type { Credentials } from './talk/log-in.ts'
export type { HostKind, HostQuirks } from './talk/quirks.ts'
export { remoteHeaders } from './talk/remote-headers.ts'
export type { WatchOptions } from './watch/watch.ts'
export type { RemoteEvent } from './watch/watch-events.ts'
