// What the player can do, and its buttons. docs/protocol/dacp-control.md.

import type { DacpSection } from './section.ts'

export const buttons: readonly DacpSection[] = [
  {
    section: '1: what the player can do',
    rows: [
      [
        '/ctrl-int',
        'caci mstt=200 muty=0 mtco=1 mrco=1 mlcl{mlit{miid=1 cmik=1 cmpr=131074 capr=131077 cmsp=1 aeFR=100 cmsv=1 cass=1 caov=1 casu=1 ceSG=1 cmrl=1 ceSX=7}}',
        '',
      ],
    ],
  },
  {
    section: '2: transport',
    rows: [
      ['play', '204', ''],
      ['pause', '204', 'state: paused'],
      ['playpause', '204', 'state: paused'],
      ['discrete-pause', '204', 'state: paused'],
      ['stop', '204', 'state: stopped; at: 0'],
      ['nextitem', '204', 'song: Winter; at: 0; next: Variatio 1 · Variatio 2; history: Spring · Aria'],
      ['previtem', '204', 'at: 0'],
      ['beginff', '204', 'state: winding forward; at: 6600'],
      ['beginrew', '204', 'state: winding back; at: 3400'],
      ['playresume', '204', ''],
      ['volumeup', '204', 'volume: 45'],
      ['volumedown', '204', 'volume: 35'],
      ['mutetoggle', '204', 'volume: 0 muted'],
      ['shuffle_songs', '204', 'shuffle: on'],
      [
        "set-genius-seed?database-spec='dmap.persistentid:{D}'&item-spec='dmap.itemid:0x{aria}'",
        '204',
        '… from: Genius: Aria',
      ],
      [
        "set-genius-seed?database-spec='dmap.persistentid:{D}'&item-spec='dmap.itemid:0x{river}'",
        '500 NOTHING_SIMILAR',
        '',
      ],
      ['set-genius-seed', '204', '… from: Genius: Aria'],
      ['genius-shuffle?span=$Q', '204', '… from: Genius Shuffle'],
      ['playlist', '400 BAD_REQUEST', ''],
      ['items?meta=dmap.itemname', '400 BAD_REQUEST', ''],
    ],
  },
]
