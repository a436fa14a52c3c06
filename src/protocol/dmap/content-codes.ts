// Every DMAP content code we know: four Latin-1 letters, their long name and the type of the value.
// Host, remote and inspector all read this one table. Facts and sources: docs/protocol/dmap.md.

export type DmapType =
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'uint64'
  | 'int64'
  | 'string'
  | 'date'
  | 'version'
  | 'container'
  | 'names'
  | 'raw'

/** The number that `/content-codes` says for a type; `raw` has none and cannot be announced. */
export const typeNumbers = {
  uint8: 1,
  int8: 2,
  uint16: 3,
  int16: 4,
  uint32: 5,
  int32: 6,
  uint64: 7,
  int64: 8,
  string: 9,
  date: 10,
  version: 11,
  container: 12,
  /** A container whose `mlit` are bare strings, not containers: the browse lists. */
  names: 12,
  raw: undefined,
} as const satisfies Record<DmapType, number | undefined>

/**
 * How sure we are of a row; left out: two or more independent sources agree.
 * `likely`: one good source. `doubtful`: the name is known, the width is not confirmed.
 */
export type Certainty = 'likely' | 'doubtful'

type Row = readonly [longName: string, type: DmapType, certainty?: Certainty]

export const contentCodes = {
  abal: ['daap.browsealbumlisting', 'names'], // holds mlit children whose payload is a bare UTF-8 string
  abar: ['daap.browseartistlisting', 'names'], // holds mlit children whose payload is a bare UTF-8 string
  abcp: ['daap.browsecomposerlisting', 'names'], // holds mlit children whose payload is a bare UTF-8 string
  abgn: ['daap.browsegenrelisting', 'names'], // holds mlit children whose payload is a bare UTF-8 string
  abpl: ['daap.baseplaylist', 'uint8'], // boolean: the base (whole library) playlist
  abro: ['daap.databasebrowse', 'container'],
  adbs: ['daap.databasesongs', 'container'],
  aeAD: ['com.apple.itunes.adam-ids-array', 'container', 'likely'],
  aeAI: ['com.apple.itunes.itms-artistid', 'uint32'],
  aeAK: ['com.apple.itunes.unknown-AK', 'string', 'doubtful'],
  aeCD: ['com.apple.itunes.flat-chapter-data', 'raw', 'doubtful'],
  aeCF: ['com.apple.itunes.cloud-flavor-id', 'uint64', 'likely'],
  aeCI: ['com.apple.itunes.itms-composerid', 'uint32'],
  aeCK: ['com.apple.itunes.cloud-library-kind', 'uint8', 'likely'],
  aeCM: ['com.apple.itunes.cloud-match-type', 'uint8', 'likely'],
  aeCR: ['com.apple.itunes.content-rating', 'string'],
  aeCS: ['com.apple.itunes.artworkchecksum', 'uint32', 'likely'],
  aeCU: ['com.apple.itunes.cloud-user-id', 'uint64', 'likely'],
  aeCd: ['com.apple.itunes.cloud-id', 'uint64', 'likely'],
  aeCs: ['com.apple.itunes.artworkchecksum', 'uint32', 'likely'], // case variant of aeCS
  aeDE: ['com.apple.itunes.longest-content-description', 'string', 'likely'],
  aeDL: ['com.apple.itunes.drm-downloader-user-id', 'uint64', 'likely'],
  aeDP: ['com.apple.itunes.drm-platform-id', 'uint32'],
  aeDR: ['com.apple.itunes.drm-user-id', 'uint64'],
  aeDV: ['com.apple.itunes.drm-versions', 'uint32'],
  aeEN: ['com.apple.itunes.episode-num-str', 'string'],
  aeES: ['com.apple.itunes.episode-sort', 'uint32'],
  aeFA: ['com.apple.itunes.drm-family-id', 'uint64', 'likely'],
  aeFP: ['com.apple.itunes.req-fplay', 'uint8', 'likely'], // server-info; 2 on Apple TV and iTunes 11+
  aeFR: ['com.apple.itunes.unknown-FR', 'uint8', 'likely'], // server-info and ctrl-int, 100 (0x64) seen
  aeGD: ['com.apple.itunes.gapless-enc-dr', 'uint32'],
  aeGE: ['com.apple.itunes.gapless-enc-del', 'uint32'],
  aeGH: ['com.apple.itunes.gapless-heur', 'uint32'],
  aeGI: ['com.apple.itunes.itms-genreid', 'uint32'],
  aeGR: ['com.apple.itunes.gapless-resy', 'uint64'],
  aeGU: ['com.apple.itunes.gapless-dur', 'uint64'],
  aeGs: ['com.apple.itunes.can-be-genius-seed', 'uint8', 'likely'],
  aeHC: ['com.apple.itunes.has-chapter-data', 'uint8', 'doubtful'], // boolean
  aeHD: ['com.apple.itunes.is-hd-video', 'uint8'],
  aeHV: ['com.apple.itunes.has-video', 'uint8'], // boolean
  aeIM: ['com.apple.itunes.unknown-IM', 'uint64', 'likely'], // internet service id of a radio database
  aeK1: ['com.apple.itunes.drm-key1-id', 'uint64'],
  aeK2: ['com.apple.itunes.drm-key2-id', 'uint64'],
  aeMC: ['com.apple.itunes.playlist-contains-media-type-count', 'uint32', 'doubtful'],
  aeMK: ['com.apple.itunes.mediakind', 'uint8'], // legacy media kind; aeMk replaces it
  aeMQ: ['com.apple.itunes.unknown-MQ', 'uint8', 'likely'], // server-info, 1 seen
  aeMX: ['com.apple.itunes.movie-info-xml', 'string', 'likely'],
  aeMk: ['com.apple.itunes.extended-media-kind', 'uint32'], // media kind bit mask
  aeND: ['com.apple.itunes.non-drm-user-id', 'uint64'],
  aeNN: ['com.apple.itunes.network-name', 'string'],
  aeNV: ['com.apple.itunes.norm-volume', 'uint32'],
  aePC: ['com.apple.itunes.is-podcast', 'uint8'], // boolean
  aePI: ['com.apple.itunes.itms-playlistid', 'uint32'],
  aePP: ['com.apple.itunes.is-podcast-playlist', 'uint8'],
  aePS: ['com.apple.itunes.special-playlist', 'uint8'], // special playlist number, see daap-library.md
  aeRD: ['com.apple.itunes.rental-duration', 'uint32', 'doubtful'], // seconds
  aeRM: ['com.apple.itunes.unknown-RM', 'uint64', 'doubtful'],
  aeRP: ['com.apple.itunes.rental-pb-start', 'uint32', 'doubtful'],
  aeRS: ['com.apple.itunes.rental-start', 'uint32', 'doubtful'], // may be a date
  aeRU: ['com.apple.itunes.rental-pb-duration', 'uint32', 'doubtful'], // seconds
  aeRf: ['com.apple.itunes.is-featured', 'uint8', 'doubtful'], // boolean
  aeSE: ['com.apple.itunes.store-pers-id', 'uint64'],
  aeSF: ['com.apple.itunes.itms-storefrontid', 'uint32'],
  aeSG: ['com.apple.itunes.saved-genius', 'uint8'],
  aeSI: ['com.apple.itunes.itms-songid', 'uint64', 'likely'], // read either width; OwnTone writes 4 bytes, iTunes 12 writes 8
  aeSL: ['com.apple.itunes.unknown-SL', 'uint8', 'likely'], // server-info, 1 seen
  aeSN: ['com.apple.itunes.series-name', 'string'],
  aeSP: ['com.apple.itunes.smart-playlist', 'uint8'], // boolean
  aeSR: ['com.apple.itunes.unknown-SR', 'uint8', 'likely'], // server-info, 1 seen
  aeSU: ['com.apple.itunes.season-num', 'uint32'],
  aeSV: ['com.apple.itunes.music-sharing-version', 'uint32'], // value is a version (major<<16|minor<<8|patch); same bytes either way
  aeSX: ['com.apple.itunes.unknown-SX', 'uint64', 'likely'], // server-info capability bit mask; meaning unknown
  aeTr: ['com.apple.itunes.unknown-Tr', 'uint8', 'likely'], // server-info, 1 seen
  aeXD: ['com.apple.itunes.xid', 'string'],
  aead: ['unknown-ead', 'raw', 'doubtful'],
  aecp: ['com.apple.itunes.collection-description', 'string', 'likely'],
  aelb: ['com.apple.itunes.like-button', 'uint8', 'likely'], // play status; present means the like/dislike menu applies
  aels: ['com.apple.itunes.liked-state', 'uint8'], // 2 = liked, 3 = disliked/never play
  aemi: ['com.apple.itunes.media-kind-listing-item', 'container', 'likely'],
  aeml: ['com.apple.itunes.media-kind-listing', 'container', 'likely'],
  agac: ['daap.groupalbumcount', 'uint32'],
  agal: ['daap.albumgrouping', 'container'], // /groups?group-type=albums response root
  agar: ['daap.artistgrouping', 'container'], // /groups?group-type=artists response root
  agma: ['daap.groupmatchedqueryalbumcount', 'uint32', 'doubtful'],
  agmi: ['daap.groupmatchedqueryitemcount', 'uint32', 'doubtful'],
  agrp: ['daap.songgrouping', 'string'],
  ajAE: ['com.apple.itunes.store.ams-episode-type', 'uint8', 'doubtful'],
  ajAS: ['com.apple.itunes.store.ams-episode-sort-order', 'uint16', 'doubtful'],
  ajAT: ['com.apple.itunes.store.ams-show-type', 'uint8', 'doubtful'],
  ajAV: ['com.apple.itunes.store.is-ams-video', 'uint8', 'doubtful'], // boolean
  ajal: ['com.apple.itunes.store.album-liked-state', 'uint8', 'doubtful'],
  ajcA: ['com.apple.itunes.store.show-composer-as-artist', 'uint8', 'doubtful'], // same meaning as ajca; case differs between sources
  ajca: ['com.apple.itunes.store.show-composer-as-artist', 'uint8', 'doubtful'], // boolean
  ajuw: ['com.apple.itunes.store.use-work-name-as-display-name', 'uint8', 'doubtful'], // boolean
  amvc: ['daap.songmovementcount', 'uint16', 'doubtful'],
  amvm: ['daap.songmovementname', 'string', 'likely'],
  amvn: ['daap.songmovementnumber', 'uint16', 'doubtful'],
  aply: ['daap.databaseplaylists', 'container'],
  aprm: ['daap.playlistrepeatmode', 'uint8'],
  apro: ['daap.protocolversion', 'version'],
  apsm: ['daap.playlistshufflemode', 'uint8'],
  apso: ['daap.playlistsongs', 'container'],
  arif: ['daap.resolveinfo', 'container'],
  arsv: ['daap.resolve', 'container'], // prsv is an older alias
  asaa: ['daap.songalbumartist', 'string'],
  asac: ['daap.songartworkcount', 'uint16'],
  asai: ['daap.songalbumid', 'uint64'],
  asal: ['daap.songalbum', 'string'],
  asar: ['daap.songartist', 'string'],
  asas: ['daap.songalbumuserratingstatus', 'uint8', 'likely'],
  asbk: ['daap.bookmarkable', 'uint8'],
  asbo: ['daap.songbookmark', 'uint32', 'likely'],
  asbr: ['daap.songbitrate', 'uint16'],
  asbt: ['daap.songbeatsperminute', 'uint16'],
  ascd: ['daap.songcodectype', 'uint32'], // four characters such as 'mpeg','alac','mp4a' read as a number
  ascm: ['daap.songcomment', 'string'],
  ascn: ['daap.songcontentdescription', 'string'],
  asco: ['daap.songcompilation', 'uint8'],
  ascp: ['daap.songcomposer', 'string'],
  ascr: ['daap.songcontentrating', 'uint8'],
  ascs: ['daap.songcodecsubtype', 'uint32'],
  asct: ['daap.songcategory', 'string'],
  asda: ['daap.songdateadded', 'date'],
  asdb: ['daap.songdisabled', 'uint8'], // boolean: item unchecked
  asdc: ['daap.songdisccount', 'uint16'],
  asdk: ['daap.songdatakind', 'uint8'], // 0 file, 1 remote stream/URL
  asdm: ['daap.songdatemodified', 'date'],
  asdn: ['daap.songdiscnumber', 'uint16'],
  asdp: ['daap.songdatepurchased', 'date'],
  asdr: ['daap.songdatereleased', 'date'],
  asdt: ['daap.songdescription', 'string'],
  ased: ['daap.songextradata', 'uint16'], // written as 2 bytes; boolean
  aseq: ['daap.songeqpreset', 'string'],
  ases: ['daap.songexcludefromshuffle', 'uint8', 'likely'],
  asfm: ['daap.songformat', 'string'],
  asgn: ['daap.songgenre', 'string'],
  asgp: ['daap.songgapless', 'uint8'],
  asgr: ['daap.supportsgroups', 'uint16'], // server-info: 0..2; send 0 to iTunes/Music clients (OwnTone). pyatv mislabels it
  ashp: ['daap.songhasbeenplayed', 'uint8'],
  askd: ['daap.songlastskipdate', 'date'],
  askp: ['daap.songuserskipcount', 'uint32'],
  asky: ['daap.songkeywords', 'string'],
  aslc: ['daap.songlongcontentdescription', 'string'],
  aslr: ['daap.songalbumuserrating', 'uint8', 'likely'],
  asls: ['daap.songlongsize', 'uint64'],
  aspc: ['daap.songuserplaycount', 'uint32'],
  aspl: ['daap.songdateplayed', 'date'],
  aspu: ['daap.songpodcasturl', 'string'],
  asri: ['daap.songartistid', 'uint64'],
  asrs: ['daap.songuserratingstatus', 'uint8', 'likely'],
  asrv: ['daap.songrelativevolume', 'int8'], // signed percent -100..100
  assa: ['daap.sortartist', 'string'],
  assc: ['daap.sortcomposer', 'string'],
  asse: ['daap.unknown-se', 'uint64', 'likely'], // server-info, 0x80000 seen
  assl: ['daap.sortalbumartist', 'string'],
  assn: ['daap.sortname', 'string'],
  assp: ['daap.songstoptime', 'uint32'],
  assr: ['daap.songsamplerate', 'uint32'],
  asss: ['daap.sortseriesname', 'string'],
  asst: ['daap.songstarttime', 'uint32'],
  assu: ['daap.sortalbum', 'string'],
  assz: ['daap.songsize', 'uint32'],
  astc: ['daap.songtrackcount', 'uint16'],
  astm: ['daap.songtime', 'uint32'], // milliseconds
  astn: ['daap.songtracknumber', 'uint16'],
  asul: ['daap.songdataurl', 'string'], // stream URL; also drives asdk=1
  asur: ['daap.songuserrating', 'uint8'], // 0..100, stars = value/20
  asvc: ['daap.songprimaryvideocodec', 'uint32', 'doubtful'], // codec four-character code
  asyr: ['daap.songyear', 'uint16'],
  atCV: ['apple-tv.client-version', 'uint32', 'likely'], // server-info of Apple TV; version, 65539 = 1.0.3 (0x00010003)
  atSV: ['apple-tv.software-version', 'uint32', 'likely'], // server-info of Apple TV; version, 65541 = 0x00010005
  ated: ['daap.supportsextradata', 'uint16'], // server-info boolean in 2 bytes; 7 seen from iTunes/Apple TV
  avdb: ['daap.serverdatabases', 'container'],
  awrk: ['daap.songwork', 'string', 'likely'],
  caar: ['dacp.availablerepeatstates', 'uint32'], // bit mask: 2 = repeat one, 4 = repeat all, 6 = both
  caas: ['dacp.availableshufflestates', 'uint32'], // bit mask: 2 = shuffle can be switched on
  caci: ['dacp.controlint', 'container'], // /ctrl-int response root
  cacr: ['dacp.cacr', 'container'], // root of replies to cue and playqueue-edit
  cads: ['dacp.unknown-ds', 'uint32', 'doubtful'],
  cafe: ['dacp.fullscreenenabled', 'uint8'], // boolean
  cafs: ['dacp.fullscreen', 'uint8'], // boolean/state
  cahp: ['dacp.haspassword', 'uint8'], // getspeakers: 1 = needs a password
  caia: ['dacp.isactive', 'uint8'], // getspeakers: 1 = speaker selected; omitted or 0 otherwise
  caip: ['dacp.isplayingvideo', 'uint8', 'doubtful'], // getspeakers: speaker is playing video (reported, not confirmed)
  caiv: ['dacp.isvideocapable', 'uint8', 'likely'], // getspeakers: 1 = speaker can take video
  caks: ['dacp.unknown-ks', 'uint8', 'likely'], // play status: 1 = next disabled, 2 = next enabled (radio), 6 seen from Apple TV
  cana: ['dacp.nowplayingartist', 'string'],
  cang: ['dacp.nowplayinggenre', 'string'],
  canl: ['dacp.nowplayingalbum', 'string'],
  cann: ['dacp.nowplayingname', 'string'],
  canp: ['dacp.nowplayingids', 'raw'], // 16 raw bytes: four big-endian uint32 database, container, container item, item
  cant: ['dacp.nowplayingtime', 'uint32'], // REMAINING milliseconds
  caov: ['dacp.unknown-ov', 'uint8', 'likely'], // ctrl-int, 1 seen
  capl: ['dacp.unknown-pl', 'raw', 'doubtful'],
  capr: ['dacp.protocolversion', 'version'], // 0x00020002 (iTunes 10), 0x00020003 and later
  caps: ['dacp.playerstate', 'uint8'],
  carp: ['dacp.repeatstate', 'uint8'], // 0 off, 1 one, 2 all
  casa: ['dacp.unknown-sa', 'uint32', 'likely'], // play status, 1 seen
  casc: ['dacp.unknown-sc', 'uint8', 'likely'], // play status; absent or 1 = position bar seekable
  casg: ['dacp.unknown-sg', 'uint8', 'doubtful'],
  cash: ['dacp.shufflestate', 'uint8'], // 0 off, 1 on
  casp: ['dacp.speakers', 'container'], // getspeakers response root, holds mdcl per speaker
  cass: ['dacp.unknown-ss', 'uint8', 'likely'], // ctrl-int, 1 seen
  cast: ['dacp.songtime', 'uint32'], // total milliseconds
  casu: ['dacp.su', 'uint8', 'likely'], // ctrl-int 1; play status 1 = user rating may be shown/set
  cavc: ['dacp.volumecontrollable', 'uint8'],
  cavd: ['dacp.unknown-vd', 'uint8', 'doubtful'], // speaker/video flag
  cave: ['dacp.visualizerenabled', 'uint8'], // boolean
  cavs: ['dacp.visualizer', 'uint8'], // boolean/state
  ceDR: ['com.apple.itunes.unknown-DR', 'uint8', 'likely'], // /ctrl-int: non-zero marks an Apple TV (Komodex client)
  ceGS: ['com.apple.itunes.genius-selectable', 'uint8'], // play status: 1 = current track can seed Genius
  ceGs: ['com.apple.itunes.genius-shuffle-playing', 'uint8', 'doubtful'], // play status boolean (Komodex client)
  ceJC: ['com.apple.itunes.jukebox-client-vote', 'int8'],
  ceJI: ['com.apple.itunes.jukebox-current', 'uint32', 'likely'],
  ceJS: ['com.apple.itunes.jukebox-score', 'int16'],
  ceJV: ['com.apple.itunes.jukebox-vote', 'uint32', 'likely'],
  ceMQ: ['com.apple.itunes.unknown-ceMQ', 'uint8', 'doubtful'], // boolean
  ceNQ: ['com.apple.itunes.unknown-NQ', 'uint32', 'doubtful'], // width not confirmed
  ceNR: ['com.apple.itunes.station-name', 'string', 'likely'], // play status: radio station name; pyatv treats it as bytes
  ceQA: ['com.apple.itunes.unknown-QA', 'uint32', 'doubtful'], // width not confirmed
  ceQI: ['com.apple.itunes.playqueue-index', 'uint32'],
  ceQR: ['com.apple.itunes.playqueue-contents-response', 'container'],
  ceQS: ['com.apple.itunes.playqueue-sections', 'container'], // section table of the play queue
  ceQU: ['com.apple.itunes.unknown-QU', 'uint8', 'doubtful'], // boolean
  ceQa: ['com.apple.itunes.playqueue-album', 'string'],
  ceQg: ['com.apple.itunes.playqueue-genre', 'string', 'likely'],
  ceQh: ['com.apple.itunes.playqueue-section-subtitle', 'string'], // e.g. container name
  ceQi: ['com.apple.itunes.playqueue-section-start', 'uint32'], // first ceQI of the section
  ceQk: ['com.apple.itunes.playqueue-section-kind', 'string'], // hist, curr, main, user
  ceQl: ['com.apple.itunes.playqueue-section-title', 'string'],
  ceQm: ['com.apple.itunes.playqueue-section-count', 'uint32'],
  ceQn: ['com.apple.itunes.playqueue-name', 'string'],
  ceQr: ['com.apple.itunes.playqueue-artist', 'string'],
  ceQs: ['com.apple.itunes.playqueue-id', 'raw'],
  ceQu: ['com.apple.itunes.unknown-Qu', 'uint8', 'likely'],
  ceSD: ['com.apple.itunes.playing-metadata', 'raw'], // binary property list with now-playing data (Apple TV)
  ceSG: ['com.apple.itunes.saved-genius', 'uint8', 'likely'], // ctrl-int variant of aeSG, 1 seen
  ceSX: ['com.apple.itunes.unknown-ceSX', 'uint64', 'likely'],
  ceVO: ['com.apple.itunes.unknown-voting', 'uint8', 'likely'], // server-info/ctrl-int, 0 seen
  ceWM: ['com.apple.itunes.welcome-message', 'string', 'likely'], // server-info; often an empty string
  cmbe: ['dmcp.button-event', 'string'], // body of controlpromptentry: command name
  cmcc: ['dmcp.control-context', 'string'], // body of controlpromptentry: "0" or keyboard session id; pyatv writes one byte
  cmce: ['dmcp.control-key', 'string', 'likely'], // controlpromptupdate dictionary key
  cmcp: ['dmcp.controlprompt', 'container'], // controlpromptupdate response root
  cmcv: ['dmcp.control-value', 'string', 'likely'], // controlpromptupdate dictionary value; may hold non-text
  cmgt: ['dmcp.getpropertyresponse', 'container'],
  cmik: ['dmcp.unknown-ik', 'uint8', 'likely'], // ctrl-int, 1 seen
  cmmk: ['dmcp.mediakind', 'uint32'], // play status: media kind of the current item, 1 = music
  cmnm: ['dmcp.devicename', 'string'], // pairing reply: name of the device
  cmpa: ['dmcp.pairinganswer', 'container'], // pairing reply root
  cmpg: ['dmcp.pairingguid', 'uint64'], // pairing reply: 8 bytes
  cmpr: ['dmcp.protocolversion', 'version'], // 0x00020001 / 0x00020002
  cmrl: ['dmcp.unknown-rl', 'uint8', 'likely'], // ctrl-int, 1 seen
  cmsb: ['dmcp.unknown-sb', 'uint32', 'doubtful'], // width not confirmed
  cmsc: ['dmcp.unknown-sc', 'uint32', 'doubtful'], // width not confirmed
  cmsp: ['dmcp.unknown-sp', 'uint8', 'likely'], // ctrl-int, 1 seen
  cmsr: ['dmcp.serverrevision', 'uint32'], // play status revision
  cmst: ['dmcp.playstatus', 'container'],
  cmsv: ['dmcp.unknown-sv', 'uint8', 'likely'], // ctrl-int, 1 seen
  cmte: ['dmcp.text-entry', 'string'], // body of controlpromptentry: typed text
  cmty: ['dmcp.devicetype', 'string'], // pairing reply: device model family such as iPhone, iPod, iPad
  cmvo: ['dmcp.volume', 'uint32'], // 0..100
  'f\x8dch': ['dmap.haschildcontainers', 'uint8'], // second byte is 0x8d, not ASCII: bytes 66 8d 63 68; dumps print f?ch or fch
  ipsa: ['dpap.iphotoslideshowadvancedoptions', 'container', 'likely'],
  ipsl: ['dpap.iphotoslideshowoptions', 'container', 'likely'],
  mbcl: ['dmap.bag', 'container'],
  mccr: ['dmap.contentcodesresponse', 'container'],
  mcna: ['dmap.contentcodesname', 'string'],
  mcnm: ['dmap.contentcodesnumber', 'uint32'], // the four code characters as a number
  mcon: ['dmap.container', 'container'],
  mctc: ['dmap.containercount', 'uint32'], // a count, not a list, despite its name; Wireshark treats it as a list
  mcti: ['dmap.containeritemid', 'uint32'],
  mcty: ['dmap.contentcodestype', 'uint16'],
  mdbk: ['dmap.databasekind', 'uint32'], // 1 main, 2 shared, 100 internet radio, 101 iTunes Radio
  mdcl: ['dmap.dictionary', 'container'],
  mdst: ['dmap.downloadstatus', 'uint8', 'likely'],
  medc: ['dmap.editresponse', 'container'], // edit command response root
  meds: ['dmap.editcommandssupported', 'uint32'], // bit mask, see daap-library.md
  meia: ['dmap.itemdateadded', 'date', 'doubtful'],
  meip: ['dmap.itemdateplayed', 'date', 'doubtful'],
  mext: ['dmap.objectextradata', 'uint16', 'doubtful'],
  miid: ['dmap.itemid', 'uint32'],
  mikd: ['dmap.itemkind', 'uint8'], // 2 = audio file (song); put it first in a song mlit
  mimc: ['dmap.itemcount', 'uint32'],
  minm: ['dmap.itemname', 'string'],
  mlcl: ['dmap.listing', 'container'],
  mlid: ['dmap.sessionid', 'uint32'],
  mlit: ['dmap.listingitem', 'container'], // list, except directly inside abal/abar/abgn/abcp where the payload is a bare string
  mlog: ['dmap.loginresponse', 'container'],
  mpco: ['dmap.parentcontainerid', 'uint32'],
  mper: ['dmap.persistentid', 'uint64'],
  mpro: ['dmap.protocolversion', 'version'],
  mrco: ['dmap.returnedcount', 'uint32'], // returned in this reply
  mrpr: ['dmap.remotepersistentid', 'uint64', 'likely'],
  msal: ['dmap.supportsautologout', 'uint8'],
  msas: ['dmap.authenticationschemes', 'uint8', 'likely'], // 1 byte on the wire from iTunes (3); OwnTone table says 4
  msau: ['dmap.authenticationmethod', 'uint8'], // 0 none, 1 user+password, 2 password
  msbr: ['dmap.supportsbrowse', 'uint8'],
  mscu: ['dmap.unknown-cu', 'uint64', 'doubtful'],
  msdc: ['dmap.databasescount', 'uint32'],
  msed: ['dmap.supportsedit', 'uint8', 'likely'], // server-info boolean
  msex: ['dmap.supportsextensions', 'uint8'],
  mshc: ['dmap.sortingheaderchar', 'uint16'], // UTF-16 unit in 2 bytes; OwnTone lists it as signed
  mshi: ['dmap.sortingheaderindex', 'uint32'], // zero-based index of the first item
  mshl: ['dmap.sortingheaderlisting', 'container'], // list of mlit{mshc,mshi,mshn}; OwnTone table says uint32
  mshn: ['dmap.sortingheadernumber', 'uint32'], // number of items
  msix: ['dmap.supportsindex', 'uint8'],
  mslr: ['dmap.loginrequired', 'uint8'],
  msma: ['dmap.machineaddress', 'uint64'], // MAC address; byte order differs between server-info and getspeakers, see discovery.md
  msml: ['dmap.machinelist', 'container'], // server-info: list of msma
  mspi: ['dmap.supportspersistentids', 'uint8'],
  msqy: ['dmap.supportsquery', 'uint8'],
  msrs: ['dmap.supportsresolve', 'uint8'],
  msrv: ['dmap.serverinforesponse', 'container'],
  mstc: ['dmap.utctime', 'date'],
  mstm: ['dmap.timeoutinterval', 'uint32'],
  msto: ['dmap.utcoffset', 'int32'], // signed seconds east of UTC
  msts: ['dmap.statusstring', 'string'],
  mstt: ['dmap.status', 'uint32'],
  msup: ['dmap.supportsupdate', 'uint8'],
  msur: ['dmap.serverrevision', 'uint32', 'doubtful'], // Wireshark-only variant of musr
  mtco: ['dmap.specifiedtotalcount', 'uint32'], // total matching, before index=
  mudl: ['dmap.deletedidlisting', 'container'],
  mupd: ['dmap.updateresponse', 'container'],
  musr: ['dmap.serverrevision', 'uint32'],
  muty: ['dmap.updatetype', 'uint8'],
  pasp: ['dpap.aspectratio', 'string'],
  pcmt: ['dpap.imagecomments', 'string'],
  peak: ['com.apple.itunes.photos.album-kind', 'uint32', 'likely'],
  peed: ['com.apple.itunes.photos.exposure-date', 'date', 'likely'],
  pefc: ['com.apple.itunes.photos.faces', 'container', 'likely'],
  peki: ['com.apple.itunes.photos.key-image-id', 'uint32', 'likely'],
  pekm: ['com.apple.itunes.photos.key-image', 'container', 'doubtful'],
  pemd: ['com.apple.itunes.photos.modification-date', 'date', 'likely'],
  pfai: ['dpap.failureids', 'container', 'likely'],
  pfdt: ['dpap.filedata', 'raw', 'likely'], // raw image data; some tables say list
  pfmt: ['dpap.imageformat', 'string'],
  phgt: ['dpap.imagepixelheight', 'uint32'],
  picd: ['dpap.creationdate', 'date'],
  pifs: ['dpap.imagefilesize', 'uint32'],
  pimf: ['dpap.imagefilename', 'string'],
  plsz: ['dpap.imagelargefilesize', 'uint64', 'likely'],
  ppro: ['dpap.protocolversion', 'version'],
  prat: ['dpap.imagerating', 'uint32'],
  pret: ['dpap.retryids', 'container', 'likely'],
  prsv: ['daap.resolve', 'container', 'doubtful'], // older alias of arsv
  pwth: ['dpap.imagepixelwidth', 'uint32'],
} as const satisfies Record<string, Row>

export type ContentCode = keyof typeof contentCodes

/** Other long names that programs use for a code, misspelt ones too. */
const otherNames: Readonly<Record<string, ContentCode>> = {
  'daap.returndatabasesongs': 'adbs',
  'daap.songsbeatsperminute': 'asbt',
  'daap.songcompliation': 'asco',
  'dacp.albumrepeat': 'caar',
  'dacp.albumshuffle': 'caas',
  'dacp.isavailiable': 'caia',
  'daap.nowplayingartist': 'cana',
  'daap.nowplayingalbum': 'canl',
  'daap.nowplayingtrack': 'cann',
  'dacp.nowplayingtrack': 'cann',
  'daap.nowplayingid': 'canp',
  'dacp.nowplaying': 'canp',
  'dacp.remainingtime': 'cant',
  'dacp.playstatus': 'caps',
  'dacp.sg': 'casg',
  'dacp.ss': 'cass',
  'dacp.tracklength': 'cast',
  'dacp.unknwon': 'cavc',
  'dacp.dacpvisualizerenabled': 'cave',
  'dacp.contentname': 'cmnm',
  'dacp.devicename': 'cmnm',
  'dacp.contentcontainer': 'cmpa',
  'dacp.pairinganswer': 'cmpa',
  'dacp.pairingguid': 'cmpg',
  'dacp.passguid': 'cmpg',
  'dacp.contentvalue': 'cmty',
  'dacp.devicetype': 'cmty',
  'dmap.databasesharetype': 'mdbk',
  'daap.authentication.schemes': 'msas',
  'dmap.speakermachineaddress': 'msma',
  'dmap.speakermachinelist': 'msml',
  'dmap.supportspersistenids': 'mspi',
  'dpap.pret': 'pret',
}

/** Where two codes share a name, the one we are surer of comes last and so is kept. */
const leastSureFirst: readonly (Certainty | undefined)[] = ['doubtful', 'likely', undefined]
const codeByName = new Map<string, ContentCode>(Object.entries(otherNames))
for (const level of leastSureFirst) {
  for (const [code, [longName, , certainty]] of rows())
    if (certainty === level) codeByName.set(longName, code)
}

function rows(): [ContentCode, Row][] {
  return Object.entries(contentCodes) as [ContentCode, Row][]
}

/** The code behind a long name as `meta=` and `properties=` carry it; undefined for names nobody knows. */
export function codeOfName(longName: string): ContentCode | undefined {
  return codeByName.get(longName)
}

export function isContentCode(code: string): code is ContentCode {
  return Object.hasOwn(contentCodes, code)
}

/** The codes to announce in `/content-codes`: those we are sure of and whose type has a number. */
export function announcedCodes(): { code: ContentCode; longName: string; typeNumber: number }[] {
  return rows().flatMap(([code, [longName, type, certainty]]) => {
    const typeNumber = typeNumbers[type]
    return certainty === undefined && typeNumber !== undefined ? [{ code, longName, typeNumber }] : []
  })
}
