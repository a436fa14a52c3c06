// The hand-held side, our SDK: connect, browse, control, watch. The same in Node and in a browser.
// Finding hosts, pairing and remembering need a machine of one's own: they are in node.ts.
// Not here: how bytes are written (protocol/), how names are found (discovery/), what a person sees (cli/, web/).

export { addressText, defaultPort, type HostAddress, looksLikeAddress, parseAddress } from './address.ts'
export type { ArtworkOptions, Picture } from './artwork.ts'
export {
  type AskToPairOptions,
  askToPair,
  type OpenPairingRequest,
  type PairedByAddress,
} from './ask-to-pair.ts'
export type { PageOptions, SongChoice, SongOrder } from './browse.ts'
export { type Connection, type ConnectionAnswer, fetchConnection, type RequestOptions } from './connection.ts'
export type { CommandOptions } from './control.ts'
export type { HostFacts } from './host-facts.ts'
export type { Album, Artist, Feeling, Letter, Page, Playable, Playlist, Song } from './items.ts'
export type { Credentials } from './log-in.ts'
export {
  type NowPlaying,
  type NowPlayingTrack,
  type PlayState,
  positionAt,
  type RepeatMode,
  type WindDirection,
} from './now-playing.ts'
export type { SecureWay } from './outside.ts'
export { type OwnerLinkOptions, useOwnerLink } from './owner-link.ts'
export type { PlayOptions, QueuePlace, SongContext, WholeQueue } from './play-items.ts'
export type { SmartPreview } from './playlists.ts'
export type { QueuePosition } from './queue.ts'
export type { PlayQueue, QueueOptions, QueueSong } from './queue-song.ts'
export type { HostKind, HostQuirks } from './quirks.ts'
export { connectRemote, lookAtHost, type Remote, type RemoteOptions } from './remote.ts'
export { type ScreenKey, type ScreenPrompt, screenKeys, type TouchPoint } from './screen-keys.ts'
export type { Slider } from './slider.ts'
export type { SimilarOptions } from './songs-like.ts'
export type { Speaker } from './speakers.ts'
export {
  type OwnStatus,
  type ReplayGainMode,
  replayGainModes,
  type SleepState,
  type Status,
} from './status.ts'
export type { MadeStream, Stream } from './streams.ts'
export type { WatchOptions } from './watch.ts'
export type { RemoteEvent } from './watch-events.ts'
