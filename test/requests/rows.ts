// Request lines of real clients, as docs/protocol has them, with the answer that the sample album gives.
// In braces: ids that differ from run to run. S session, D database, A album, R artist, G and H their ids for pictures,
// I the song "First Groove", P the playlist "Road trip" (First Groove, Run-out), Q its persistent id, C its first entry.

import { metas } from './metas.ts'

export type RequestRow = readonly [target: string, expected: string]

export interface ClientRows {
  readonly client: string
  readonly method?: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly rows: readonly RequestRow[]
}

const music = "('com.apple.itunes.extended-media-kind:1','com.apple.itunes.extended-media-kind:32')"
const ofMusic = `('daap.songartist!:'+${music})`
const three = 'Needle Down · First Groove · Run-out'
const byName = 'First Groove · Needle Down · Run-out'
const base = '{miid mper minm mimc mpco abpl}'
const lists = `Library · Music · Recently Added · Road trip ${base}`
/** As soon as a song has four stars. */
const ratedLists = `Library · Music · Recently Added · My Top Rated · Road trip ${base}`
const letters = 'F1 N1 R1 00'
const every = `{mikd asdk miid minm mper asar asaa asal asai asri asgn ascp assn assa assl assu assc astm astn astc asyr asfm asdt ascd asbr assr assz asls asda asdm asdr asur ased asac aeMK aeMk mcti}`

export const clients: readonly ClientRows[] = [
  {
    client: "Apple's Remote",
    headers: {
      Accept: '*/*',
      'Accept-Encoding': 'gzip',
      'Client-DAAP-Version': '3.13',
      'Client-ATV-Sharing-Version': '1.2',
      'Client-iTunes-Sharing-Version': '3.15',
      'User-Agent': 'Remote/1021',
      'Viewer-Only-Client': '1',
    },
    rows: [
      ['/server-info', 'msrv …'],
      ['/ctrl-int', 'caci 1/1 1 {miid cmik cmpr capr cmsp aeFR cmsv cass caov casu ceSG cmrl ceSX}'],
      ['/login?pairing-guid={guid}&hasFP=1', 'mlog mstt=200 mlid'],
      ['/login?pairing-guid={GUID}', 'mlog mstt=200 mlid'],
      ['/databases?session-id={S}', 'avdb 1/1 Studio {miid mper mdbk aeCs minm mimc mctc meds}'],
      [`/databases/1/containers?session-id={S}&meta=${metas.remotePlaylists}`, `aply 4/4 ${lists}`],
      [
        "/databases/1/containers?session-id={S}&meta=dmap.itemname,dmap.editcommandssupported&query='dmap.itemid:{P}'",
        'aply 1/1 Road trip {minm meds mimc mpco}',
      ],
      ['/update?revision-number=1&daap-no-disconnect=1&session-id={S}', 'mupd mstt=200 musr'],
      [
        `/databases/1/containers/1/items?session-id={S}&meta=${metas.remoteSongsTab}&type=music&sort=name&include-sort-headers=1&query=${music}`,
        `apso 3/3 ${byName} {miid minm asar asaa asal assn assa assl assu assc aeMk mcti} ${letters}`,
      ],
      [
        `/databases/1/containers/1/items?session-id={S}&meta=${metas.remoteSongs}&type=music&sort=album&query=('daap.songartistid:{R}'+${music})`,
        `apso 3/3 ${three} {miid minm mper asar asaa asal asai asri aeMk mcti}`,
      ],
      [
        `/databases/1/containers/0/items?session-id={S}&meta=${metas.remoteSongs},daap.songtime,daap.songhasbeenplayed,daap.songuserplaycount&type=music&sort=album&query='daap.songalbumid:{A}'`,
        `apso 3/3 ${three} {miid minm mper asar asaa asal asai asri astm aeMk mcti}`,
      ],
      [
        `/databases/1/groups?session-id={S}&meta=${metas.albums}&type=music&group-type=albums&sort=artist&include-sort-headers=1&query=${ofMusic}`,
        'agal 1/1 Lead-in {miid minm mper mimc asaa asri astm} T1 00',
      ],
      [
        `/databases/1/groups?session-id={S}&meta=${metas.artists}&type=music&group-type=artists&sort=album&include-sort-headers=1&query=${ofMusic}`,
        'agar 1/1 Tonearm {miid minm mper mimc asaa agac asri} T1 00',
      ],
      [
        "/databases/1/browse/artists?session-id={S}&include-sort-headers=1&filter='daap.songartist!:'+('com.apple.itunes.mediakind:1','com.apple.itunes.mediakind:32')",
        'abro abar 1/1 Tonearm T1 00',
      ],
      ["/databases/1/browse/genres?session-id={S}&filter='daap.songgenre!:'", 'abro abgn 1/1 Ambient'],
      ['/databases/1/browse/composers?session-id={S}', 'abro abcp 1/1 Tonearm'],
      ['/databases/1/browse/albums?session-id={S}', 'abro abal 1/1 Lead-in'],
      ...[4, 8, 2, 64, 256].map(
        (kind): RequestRow => [
          `/databases/1/groups?session-id={S}&meta=${metas.albums}&type=music&group-type=albums&query='com.apple.itunes.extended-media-kind:${kind}'`,
          'agal 0/0',
        ],
      ),
      ['/databases/1/items/{I}/extra_data/artwork?session-id={S}&mw=55&mh=55', '200 image/jpeg'],
      [
        '/databases/1/groups/{G}/extra_data/artwork?session-id={S}&mw=320&mh=320&group-type=albums',
        '200 image/jpeg',
      ],
      [
        '/databases/1/groups/{H}/extra_data/artwork?session-id={S}&mw=768&mh=768&group-type=artists',
        '200 image/jpeg',
      ],
      [
        "/ctrl-int/1/playqueue-edit?command=add&query='daap.songalbumid:{A}'&sort=album&mode=1&session-id={S}",
        '204',
      ],
      [
        "/ctrl-int/1/playqueue-edit?command=add&query='dmap.itemid:{I}'&queuefilter=album:{A}&sort=album&mode=1&session-id={S}",
        '204',
      ],
      [
        "/ctrl-int/1/playqueue-edit?command=add&query='dmap.containeritemid:{C}'&queuefilter=playlist:{P}&sort=physical&mode=1&session-id={S}",
        '204',
      ],
      [
        "/ctrl-int/1/playqueue-edit?command=add&query='dmap.itemid:{P}'&query-modifier=containers&sort=name&mode=2&session-id={S}",
        '204',
      ],
      [
        "/ctrl-int/1/playqueue-edit?command=add&query='daap.songartistid:{R}'&sort=album&mode=3&session-id={S}",
        '204',
      ],
      ['/ctrl-int/1/playstatusupdate?revision-number=1&session-id={S}', 'cmst …'],
      [
        '/ctrl-int/1/getproperty?properties=dmcp.volume,dacp.shufflestate&session-id={S}',
        'cmgt mstt=200 cmvo=40 cash=1',
      ],
      [
        '/ctrl-int/1/getproperty?properties=dacp.fullscreenenabled,dacp.fullscreen,dacp.visualizerenabled,dacp.visualizer,com.apple.itunes.itms-songid,com.apple.itunes.has-chapter-data&session-id={S}',
        'cmgt mstt=200 …',
      ],
      ['/ctrl-int/1/setproperty?dmcp.volume=55.000000&session-id={S}', '204'],
      [
        "/ctrl-int/1/setproperty?dacp.userrating=80&database-spec='dmap.persistentid:{D}'&item-spec='dmap.itemid:{I}'&session-id={S}",
        '204',
      ],
      ['/ctrl-int/1/nowplayingartwork?mw=320&mh=320&session-id={S}', '200 image/jpeg'],
      ['/ctrl-int/1/playqueue-contents?span=50&session-id={S}', 'ceQR …'],
      ['/ctrl-int/1/getspeakers?session-id={S}', 'casp …'],
      [
        "/ctrl-int/1/playspec?database-spec='dmap.persistentid:{D}'&container-spec='dmap.persistentid:{Q}'&container-item-spec='dmap.containeritemid:{C}'&session-id={S}",
        '204',
      ],
      ['/activity?session-id={S}', '204'],
      [
        '/databases/1/items?session-id={S}&meta=dmap.itemname&revision-number=2&delta=1',
        `adbs 3/3 ${three} {minm}`,
      ],
      [
        '/databases/1/containers/{P}/items?session-id={S}&meta=dmap.itemname&revision-number=2&delta=2',
        'apso 2/2 First Groove · Run-out {minm}',
      ],
    ],
  },
  {
    client: 'pyatv',
    method: 'POST',
    headers: {
      Accept: '*/*',
      'Accept-Encoding': 'gzip',
      'Content-Type': 'application/x-www-form-urlencoded',
      'User-Agent': 'Remote/1021',
      'Viewer-Only-Client': '1',
    },
    rows: [
      [
        "/ctrl-int/1/cue?command=play&query='daap.songalbumid:{A}'&sort=album&index=0&session-id={S}",
        'cacr mstt=200 miid …',
      ],
      ['/ctrl-int/1/playstatusupdate?session-id={S}&revision-number=0', 'cmst …'],
      ...['pause', 'play', 'playpause', 'nextitem', 'previtem', 'volumeup', 'volumedown'].map(
        (name): RequestRow => [`/ctrl-int/1/${name}?session-id={S}&prompt-id=0`, '204'],
      ),
      ['/ctrl-int/1/setproperty?dacp.playingtime=5000&session-id={S}', '204'],
      ['/ctrl-int/1/nowplayingartwork?mw=1024&mh=576&session-id={S}', '200 image/jpeg'],
      ['/ctrl-int/1/stop?session-id={S}&prompt-id=0', '204'],
      // Stopped, the song stays, and so does its picture.
      ['/ctrl-int/1/nowplayingartwork?mw=1024&mh=576&session-id={S}', '200 image/jpeg'],
    ],
  },
  {
    client: 'Komodex',
    method: 'POST',
    headers: { 'Viewer-Only-Client': '1', 'Client-DAAP-Version': '3.11', 'Accept-Encoding': 'gzip, deflate' },
    rows: [
      ['/ctrl-int', 'caci 1/1 1 {miid cmik cmpr capr cmsp aeFR cmsv cass caov casu ceSG cmrl ceSX}'],
      ['/login?pairing-guid={guid}', 'mlog mstt=200 mlid'],
      [
        `/databases/1/groups?meta=${metas.albums}&type=music&group-type=albums&sort=artist&include-sort-headers=1&query=${ofMusic}&session-id={S}`,
        'agal 1/1 Lead-in {miid minm mper mimc asaa asri astm} T1 00',
      ],
      [
        "/databases/1/containers/1/items?meta=dmap.itemid,dmap.containeritemid,daap.songuserrating&type=music&sort=album&query=('daap.songalbumid:{A}'+'dmap.itemid:{I}')&session-id={S}",
        'apso 1/1 {I} {miid asur mcti}',
      ],
      ['/update?revision-number=1&daap-no-disconnect=1&session-id={S}', 'mupd mstt=200 musr'],
    ],
  },
  {
    client: 'TunesRemote',
    headers: {
      'Viewer-Only-Client': '1',
      'Client-Daap-Version': '3.10',
      'Accept-Encoding': 'gzip, deflate',
      'User-Agent': 'Java/1.6.0_26',
    },
    rows: [
      [`/databases/1/containers?session-id={S}&meta=${metas.tunesRemotePlaylists}`, `aply 5/5 ${ratedLists}`],
      [
        `/databases/1/containers/1/items?session-id={S}&meta=${metas.tunesRemoteAlbum}&type=music&sort=album&query='daap.songalbumid:{A}'`,
        `apso 3/3 ${three} {miid minm asar asal astm astn asur}`,
      ],
      [
        `/databases/1/containers/1/items?session-id={S}&meta=${metas.tunesRemoteSearch}&type=music&sort=name&include-sort-headers=1&query=(('com.apple.itunes.mediakind:1','com.apple.itunes.mediakind:4','com.apple.itunes.mediakind:8')+('dmap.itemname:*groove*','daap.songartist:*groove*','daap.songalbum:*groove*'))&index=0-19`,
        'apso 1/1 First Groove {miid minm mper asar asal assn assa assl assu assc astm astn asur} F1 00',
      ],
      [
        `/databases/1/containers/{P}/items?session-id={S}&meta=${metas.tunesRemotePlaylist}`,
        'apso 2/2 First Groove · Run-out {miid minm asal astm mcti}',
      ],
      [
        `/databases/1/containers/1/items?session-id={S}&meta=${metas.tunesRemoteRadio}&type=music`,
        `apso 3/3 ${three} {miid minm asar asal asdt aeMK mcti}`,
      ],
      [
        "/databases/1/items?session-id={S}&meta=daap.songuserrating&type=music&query='dmap.itemid:{I}'",
        'adbs 1/1 80 {asur}',
      ],
      [
        `/databases/1/groups?session-id={S}&meta=${metas.tunesRemoteGroups}&type=music&group-type=albums&sort=artist&include-sort-headers=1&index=50-99`,
        'agal 0/1',
      ],
      ['/ctrl-int/1/cue?command=clear&session-id={S}', 'cacr mstt=200 miid=0'],
      [
        "/ctrl-int/1/cue?command=play&query='daap.songalbumid:{A}'&index=1&sort=album&session-id={S}",
        'cacr mstt=200 miid …',
      ],
      ["/ctrl-int/1/cue?command=add&query='dmap.itemid:{I}'&session-id={S}", 'cacr mstt=200 miid …'],
      ["/ctrl-int/1/setproperty?dacp.userrating=60&song-spec='dmap.itemid:{I}'&session-id={S}", '204'],
      ['/databases/1/items/{I}/extra_data/artwork?session-id={S}&mw=320&mh=320', '200 image/jpeg'],
    ],
  },
  {
    client: 'Jolivia',
    headers: {
      'Client-DAAP-Version': '3.12',
      'Client-iTunes-Sharing-Version': '3.10',
      'User-Agent': 'Remote/813',
    },
    rows: [
      ['/databases/1/items?session-id={S}&meta=all', `adbs 3/3 ${three} ${every}`],
      ['/databases/1/containers?session-id={S}&meta=all', `aply 4/4 ${lists}`],
    ],
  },
  {
    client: 'a remote at speakers and queue',
    headers: { 'User-Agent': 'Remote/813', 'Viewer-Only-Client': '1' },
    rows: [
      ['/ctrl-int/1/setspeakers?speaker-id=0x78CA3946072A,0&session-id={S}', '204'],
      ['/ctrl-int/1/setproperty?dmcp.volume=30&speaker-id=0x78CA3946072A&session-id={S}', '204'],
      ['/ctrl-int/1/setproperty?dmcp.volume=30&include-speaker-id=0x78CA3946072A&session-id={S}', '204'],
      ['/ctrl-int/1/setproperty?dacp.shufflestate=1&dacp.repeatstate=2&session-id={S}', '204'],
      [
        '/ctrl-int/1/getproperty?properties=dacp.repeatstate,dacp.nosuch,dacp.shufflestate&session-id={S}',
        'cmgt mstt=200 carp=2 cash=1',
      ],
      [
        "/ctrl-int/1/playqueue-edit?command=move&edit-params='edit-param.move-pair:2,0'&session-id={S}",
        '204',
      ],
      ['/ctrl-int/1/playqueue-edit?command=remove&items=1&session-id={S}', '204'],
      ['/ctrl-int/1/playqueue-contents?span=-50&session-id={S}', 'ceQR …'],
      ['/ctrl-int/1/playqueue-edit?command=clear&mode=0x68697374&session-id={S}', 'cacr mstt=200 miid=0'],
      ['/ctrl-int/1/playqueue-edit?command=clear&session-id={S}', 'cacr mstt=200 miid=0'],
      [
        "/ctrl-int/1/set-genius-seed?database-spec='dmap.persistentid:{D}'&item-spec='dmap.itemid:{I}'&session-id={S}",
        '204',
      ],
    ],
  },
  {
    client: 'shairport-sync',
    headers: { 'Active-Remote': '1986535575' },
    rows: [
      ['/ctrl-int/1/playstatusupdate?revision-number=1', 'cmst …'],
      ['/ctrl-int/1/setproperty?dmcp.device-volume=-15.000000', '204'],
      ['/ctrl-int/1/pause', '204'],
    ],
  },
  {
    client: 'Retune',
    headers: { 'User-Agent': 'Retune' },
    rows: [
      [
        "/ctrl-int/1/playqueue-edit?command=add&query='daap.songartistid:{R}'&queuefilter=artist:{R}&sort=album&mode=5&session-id={S}",
        '204',
      ],
    ],
  },
  {
    client: 'homebridge-dacp',
    headers: {},
    rows: [
      [
        '/databases/1/containers?session-id={S}&query=dmap.itemname:Music',
        'aply 1/1 Music {miid mper minm aePS aeSP mimc mpco}',
      ],
      [
        '/databases/1/containers/2/items?session-id={S}&meta=dmap.itemname,dmap.containeritemid',
        `apso 3/3 ${three} {minm mcti}`,
      ],
      [
        "/ctrl-int/1/playqueue-edit?command=add&query='dmap.itemid:{P}'&query-modifier=containers&mode=3&session-id={S}",
        '204',
      ],
      ['/ctrl-int/1/playqueue-edit?command=playnow&index=1&session-id={S}', 'cacr mstt=200 miid …'],
    ],
  },
  {
    client: 'iTunes',
    headers: {
      'Client-DAAP-Version': '3.13',
      'User-Agent': 'iTunes/12.2.2 (Macintosh; OS X 10.10.5) AppleWebKit/600.8.9',
    },
    rows: [
      ['daap://192.168.1.20:3689/server-info', 'msrv …'],
      ['/content-codes', 'mccr …'],
      ['/update?session-id={S}&revision-number=1&delta=0', 'mupd mstt=200 musr'],
      [
        '/databases?session-id={S}&revision-number=2&delta=0',
        'avdb 1/1 Studio {miid mper mdbk aeCs minm mimc mctc meds}',
      ],
      [
        `/databases/1/items?session-id={S}&revision-number=2&delta=0&type=music&meta=${metas.iTunesSongs}`,
        `adbs 3/3 ${three} {mikd asdk miid minm mper asar asaa asal asgn ascp astm astn astc asyr asfm asdt ascd asbr assr assz asda asdm asur ased aeMK aeMk}`,
      ],
      [
        `/databases/1/containers?session-id={S}&revision-number=2&delta=0&meta=${metas.iTunesPlaylists}`,
        `aply 4/4 ${lists}`,
      ],
      [
        '/databases/1/containers/{P}/items?session-id={S}&revision-number=2&delta=0&type=music&meta=dmap.itemkind,dmap.itemid,dmap.containeritemid',
        'apso 2/2 {I} · {J} {mikd miid mcti}',
      ],
      ['http://192.168.1.20:3689/databases/1/items/{I}.mp3?session-id={S}', '200 sound'],
      ['/this_request_is_simply_to_send_a_close_connection_header', '204'],
    ],
  },
  {
    client: 'Rhythmbox',
    headers: {
      Accept: '*/*',
      'Cache-Control': 'no-cache',
      'Accept-Language': 'en-us, en;q=5.0',
      'Client-DAAP-Access-Index': '2',
      'Client-DAAP-Version': '3.0',
      'Client-DAAP-Validation': '0123456789ABCDEF0123456789ABCDEF',
      'Client-DAAP-Request-ID': '7',
      Connection: 'close',
    },
    rows: [
      [
        `/databases/1/items?session-id={S}&revision-number=2&meta=${metas.rhythmboxSongs}`,
        `adbs 3/3 ${three} {miid minm asar asal asgn assa assu astm astn astc asyr asfm asbr assz}`,
      ],
      [
        '/databases/1/containers/{P}/items?session-id={S}&revision-number=2&meta=dmap.itemid,dmap.itemkind',
        'apso 2/2 {I} · {J} {mikd miid}',
      ],
      ['/databases/1/items/{I}.mp3?session-id={S}', '200 sound'],
    ],
  },
  {
    client: 'a remote that edits playlists',
    headers: { 'User-Agent': 'Remote/813', 'Viewer-Only-Client': '1' },
    rows: [
      [
        "/databases/1/edit?action=add&edit-params='dmap.itemname:Name'&session-id={S}",
        'medc mstt=200 miid …',
      ],
      [
        "/databases/1/containers/{P}/edit?action=rename&edit-params='dmap.itemname:New'&session-id={S}",
        'medc mstt=200',
      ],
      [
        "/databases/1/containers/{P}/edit?action=add&edit-params='dmap.itemid:{I}'&session-id={S}",
        'medc mstt=200 mlit',
      ],
      [
        "/databases/1/containers/{P}/edit?action=add&edit-params='daap.songalbumid:{A}'&session-id={S}",
        'medc mstt=200 mlit mlit mlit',
      ],
      [
        "/databases/1/containers/{P}/edit?action=move&edit-params='edit-param.move-pair:{C},2'&session-id={S}",
        'medc mstt=200',
      ],
      [
        '/databases/1/containers/{P}/items?session-id={S}&meta=dmap.itemname',
        `apso 6/6 Run-out · First Groove · First Groove · ${three} {minm}`,
      ],
      [
        "/databases/1/containers/{P}/edit?action=remove&edit-params='dmap.containeritemid:{C}'&session-id={S}",
        'medc mstt=200',
      ],
      [
        '/databases/1/containers/{P}/items?session-id={S}&meta=dmap.itemname',
        `apso 5/5 Run-out · First Groove · ${three} {minm}`,
      ],
      ["/databases/1/edit?action=remove&edit-params='dmap.itemid:{P}'&session-id={S}", 'medc mstt=200'],
      ['/databases/1/containers/{P}/items?session-id={S}', '404'],
      ['/logout?session-id={S}', '204'],
      ['/databases?session-id={S}', '403'],
    ],
  },
]
