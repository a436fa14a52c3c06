// What clients ask of a library, to the letter (docs/protocol/daap-library.md, section 5), and how fast it must come.

import type { Target } from '../rows.ts'
import type { Chance } from './random.ts'
import type { Group } from './row-table.ts'

/** What paths are made of. */
export interface Known {
  readonly tracks: number
  /** The base playlist, through which remotes ask. */
  readonly container: number
  /** `mper` of every album. */
  readonly albumIds: readonly bigint[]
}

export interface ListRequest {
  /** Name of the row. */
  readonly row: string
  readonly says: string
  /** The `--rows` it belongs to. */
  readonly group: Group
  /** How often it is asked when warm. */
  readonly times: number
  readonly isZipped?: boolean
  readonly targets: readonly Target[]
  /** For the time to the first byte a row of its own. */
  readonly firstByteTargets?: readonly Target[]
  /** `round` is another in each request; without session. */
  target(known: Known, chance: Chance, round: number): string
}

const itunesMeta =
  'dmap.itemid,dmap.itemname,dmap.itemkind,dmap.persistentid,daap.songalbum,daap.songgrouping,daap.songartist,daap.songalbumartist,daap.songbitrate,daap.songbeatsperminute,daap.songcomment,daap.songcodectype,daap.songcodecsubtype,daap.songcompilation,daap.songcomposer,daap.songdateadded,daap.songdatemodified,daap.songdisccount,daap.songdiscnumber,daap.songdisabled,daap.songeqpreset,daap.songformat,daap.songgenre,daap.songdescription,daap.songrelativevolume,daap.songsamplerate,daap.songsize,daap.songstarttime,daap.songstoptime,daap.songtime,daap.songtrackcount,daap.songtracknumber,daap.songuserrating,daap.songyear,daap.songdatakind,daap.songdataurl,daap.songcontentrating,com.apple.itunes.norm-volume,com.apple.itunes.itms-songid,com.apple.itunes.itms-artistid,com.apple.itunes.itms-playlistid,com.apple.itunes.itms-composerid,com.apple.itunes.itms-genreid,com.apple.itunes.itms-storefrontid,com.apple.itunes.has-videodaap.songcategory,daap.songextradata,daap.songcontentdescription,daap.songlongcontentdescription,daap.songkeywords,com.apple.itunes.is-podcast,com.apple.itunes.mediakind,com.apple.itunes.extended-media-kind,com.apple.itunes.series-name,com.apple.itunes.network-name,com.apple.itunes.episode-num-str,com.apple.itunes.episode-sort,com.apple.itunes.season-num,daap.songgapless,com.apple.itunes.gapless-enc-del,com.apple.itunes.gapless-heur,com.apple.itunes.gapless-enc-dr,com.apple.itunes.gapless-dur,com.apple.itunes.gapless-resy,com.apple.itunes.content-rating'
const remoteMeta =
  'dmap.itemname,dmap.itemid,daap.songartist,daap.songalbumartist,daap.songalbum,com.apple.itunes.cloud-id,dmap.containeritemid,com.apple.itunes.has-video,com.apple.itunes.itms-songid,com.apple.itunes.extended-media-kind,dmap.downloadstatus,daap.songdisabled'
const searchMeta =
  'dmap.itemname,dmap.itemid,dmap.persistentid,daap.songartist,daap.songalbum,daap.songtime,daap.songuserrating,daap.songtracknumber'
const groupMeta =
  'dmap.itemname,dmap.itemid,dmap.persistentid,daap.songartist,daap.songdatereleased,dmap.itemcount,daap.songtime,dmap.persistentid,daap.songartistid'
const playlistMeta =
  'dmap.itemid,dmap.itemname,dmap.persistentid,dmap.parentcontainerid,com.apple.itunes.is-podcast-playlist,com.apple.itunes.special-playlist,com.apple.itunes.smart-playlist,dmap.editcommandssupported,dmap.itemcount'
const musicKinds = "('com.apple.itunes.extended-media-kind:1','com.apple.itunes.extended-media-kind:32')"

export const albumsPath = `/databases/1/groups?meta=${groupMeta}&type=music&group-type=albums&sort=artist&include-sort-headers=1&query=('daap.songartist!:'+${musicKinds})`
export const playlistsPath = `/databases/1/containers?meta=${playlistMeta}`
const itemsPath = `/databases/1/items?type=music&meta=${itunesMeta}`

export const pageSize = 50

/** A page of 50 songs by name, anywhere: the songs of a remote as one scrolls. */
export function pagePath({ container, tracks }: Known, chance: Chance): string {
  const from = chance.whole(Math.max(1, tracks - pageSize))
  return `/databases/1/containers/${container}/items?meta=${remoteMeta}&type=music&sort=name&query=${musicKinds}&index=${from}-${from + pageSize - 1}`
}

/** Another word each time: an answer that is kept must not pass for a search. */
const letters = [...'lsmrtabcdefghijknopuvwyz']
const words =
  'love night heart fire rain river light dream road moon electric broken silver golden midnight blue wild lonely the james mary солнце été straße 月亮'.split(
    ' ',
  )
const searches: readonly { name: string; says: string; word(round: number): string }[] = [
  { name: 'letter', says: 'one letter', word: (round) => letters[round % letters.length] ?? 'l' },
  { name: 'word', says: 'a word', word: (round) => words[round % words.length] ?? 'love' },
  { name: 'none', says: 'nothing to find', word: (round) => `zq${round}x` },
]

/** Small answers first, so that the first listing of all finds a host that has hardly worked. */
export function requestsFor(tracks: number): readonly ListRequest[] {
  const isMillion = tracks >= 1_000_000
  const atMost = (most: number, of: Target['of'] = 'again'): Target[] => [{ of, most }]
  const search = atMost(isMillion ? 20 : 3)
  return [
    {
      row: 'playlists',
      says: 'list of playlists',
      group: 'playlists',
      times: 50,
      targets: atMost(1),
      target: () => playlistsPath,
    },
    {
      row: 'albums',
      says: 'albums, all',
      group: 'albums',
      times: 15,
      targets: atMost(isMillion ? 150 : 15, 'first'),
      target: () => albumsPath,
    },
    {
      row: 'page',
      says: 'page of 50 songs, anywhere',
      group: 'page',
      times: 300,
      targets: atMost(isMillion ? 2 : 1),
      target: pagePath,
    },
    {
      row: 'album',
      says: "one album's songs",
      group: 'album',
      times: 200,
      targets: atMost(1),
      target: ({ container, albumIds }, chance) =>
        `/databases/1/containers/${container}/items?meta=${remoteMeta}&type=music&sort=album&query='daap.songalbumid:${albumIds[chance.whole(albumIds.length)]}'`,
    },
    ...searches.map(
      ({ name, says, word }): ListRequest => ({
        row: `search-${name}`,
        says: `ranked search, ${says}`,
        group: 'search',
        times: 24,
        targets: search,
        target: (_, __, round) => `/api/search?limit=50&text=${encodeURIComponent(word(round))}`,
      }),
    ),
    ...searches.map(
      ({ name, says, word }): ListRequest => ({
        row: `contains-${name}`,
        says: `DAAP search, ${says}`,
        group: 'search',
        times: 24,
        targets: search,
        target: ({ container }, _, round) => {
          const text = encodeURIComponent(word(round))
          const query = `(${musicKinds}+('dmap.itemname:*${text}*','daap.songartist:*${text}*','daap.songalbum:*${text}*'))`
          return `/databases/1/containers/${container}/items?meta=${searchMeta}&type=music&sort=name&query=${query}&index=0-49`
        },
      }),
    ),
    {
      row: 'items',
      says: "all items, iTunes's meta",
      group: 'items',
      times: 7,
      targets: isMillion ? [] : [...atMost(150, 'first'), ...atMost(1.5, 'ratio')],
      firstByteTargets: isMillion ? [] : atMost(10, 'first'),
      target: () => itemsPath,
    },
    {
      row: 'items-gzip',
      says: 'the same, gzip',
      group: 'gzip',
      times: 7,
      isZipped: true,
      targets: isMillion ? [] : [...atMost(250, 'first'), ...atMost(250)],
      firstByteTargets: [],
      target: () => itemsPath,
    },
  ]
}
