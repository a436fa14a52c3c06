// Properties and the play status. docs/protocol/dacp-control.md.

import { type DacpSection, playStatus } from './section.ts'

export const properties: readonly DacpSection[] = [
  {
    section: '3: properties',
    rows: [
      ['getproperty?properties=dmcp.volume', 'cmgt mstt=200 cmvo=40', ''],
      ['getproperty?properties=dacp.playerstate', 'cmgt mstt=200 caps=4', ''],
      [
        'getproperty?properties=dacp.nowplaying',
        'cmgt mstt=200 canp=1/0/0/{ariaId} cann=Aria cana=Bach canl=Goldberg cang=Baroque asai cmmk=1',
        '',
      ],
      ['getproperty?properties=dacp.playingtime', 'cmgt mstt=200 cant=3020 cast=8020', ''],
      ['getproperty?properties=dacp.volumecontrollable', 'cmgt mstt=200 cavc=1', ''],
      [
        'getproperty?properties=dacp.availableshufflestates,dacp.availablerepeatstates',
        'cmgt mstt=200 caas=2 caar=6',
        '',
      ],
      ['getproperty?properties=dacp.shufflestate,dacp.repeatstate', 'cmgt mstt=200 cash=0 carp=0', ''],
      [
        'getproperty?properties=dacp.fullscreenenabled,dacp.fullscreen,dacp.visualizerenabled,dacp.visualizer,com.apple.itunes.itms-songid,com.apple.itunes.has-chapter-data',
        'cmgt mstt=200 cafe=0 cafs=0 cave=0 cavs=0 aeSI=0 aeHC=0',
        '',
      ],
      ['getproperty?properties=dacp.userrating', 'cmgt mstt=200 asur=0', ''],
      ['getproperty?properties=com.apple.itunes.liked-state', 'cmgt mstt=200 aels=0', ''],
      [
        'getproperty?properties=com.apple.itunes.mediakind,com.apple.itunes.extended-media-kind',
        'cmgt mstt=200 aeMK=1 aeMk=1',
        '',
      ],
      ['getproperty?properties=com.apple.itunes.can-be-genius-seed', 'cmgt mstt=200 aeGs=1', ''],
      ['getproperty?properties=dmcp.device-volume,no.such,dmcp.volume', 'cmgt mstt=200 cmvo=40', ''],
      ['getproperty?properties=', 'cmgt mstt=200', ''],
      ['setproperty?dmcp.volume=55.000000', '204', 'volume: 55'],
      ['setproperty?dmcp.volume=30', '204', 'volume: 30'],
      ['setproperty?dacp.playingtime=7000', '204', 'at: 7000'],
      ['setproperty?dacp.playingtime=99999999', '204', 'at: 8020'],
      ['setproperty?dacp.playingtime=-5', '204', 'at: 0'],
      ['setproperty?dacp.shufflestate=1', '204', 'shuffle: on'],
      ['setproperty?dacp.repeatstate=1', '204', 'repeat: song'],
      ['setproperty?dacp.repeatstate=2', '204', 'repeat: all'],
      ['setproperty?dacp.repeatstate=9', '400 BAD_REQUEST', ''],
      ['setproperty?dacp.shufflestate=0&dacp.repeatstate=2&no.such=1', '204', 'repeat: all'],
      ['setproperty?dacp.fullscreen=1', '204', ''],
      ['setproperty?dacp.visualizer=1', '204', ''],
      [
        "setproperty?dacp.userrating=80&database-spec='dmap.persistentid:{D}'&item-spec='dmap.itemid:0x{winter}'",
        '204',
        'Winter: 80',
      ],
      ["setproperty?dacp.userrating=60&song-spec='dmap.itemid:{winterId}'", '204', 'Winter: 60'],
      ['setproperty?dacp.userrating=100', '204', 'Aria: 100'],
      [
        "setproperty?com.apple.itunes.liked-state=2&database-spec='dmap.persistentid:{D}'&item-spec='dmap.itemid:0x{winter}'",
        '204',
        'Winter: 0 liked',
      ],
      ['setproperty?com.apple.itunes.liked-state=3', '204', 'Aria: 0 disliked'],
      ["setproperty?dacp.userrating=80&item-spec='dmap.itemid:0x3e7'", '500 NOT_FOUND', ''],
      ['setproperty?dmcp.volume=loud', '400 BAD_REQUEST', ''],
      ['setproperty?dmcp.volume=70&dacp.repeatstate=x', '400 BAD_REQUEST', ''],
      ['setproperty?dmcp.device-volume=-10.5', '204', ''],
    ],
  },
  {
    section: '4: play status',
    rows: [
      ['playstatusupdate?revision-number=0', playStatus, ''],
      ['playstatusupdate?revision-number=1', playStatus, ''],
      ['playstatusupdate?', 'cmst mstt=500', ''],
      ['playstatusupdate?revision-number=', 'cmst mstt=500', ''],
      ['playstatusupdate?revision-number=many', 'cmst mstt=500', ''],
      ['playstatusupdate?revision-number=-1', playStatus, ''],
      ['playstatusupdate?revision-number=18446744073709551616', playStatus, ''],
      ['playstatusupdate?revision-number={stale}', playStatus, ''],
    ],
  },
]
