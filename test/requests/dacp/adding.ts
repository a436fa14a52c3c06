// Starting to play, and adding: playqueue-edit. docs/protocol/dacp-control.md.

import type { DacpSection } from './section.ts'

export const adding: readonly DacpSection[] = [
  {
    section: '6: playqueue-edit',
    rows: [
      [
        "playqueue-edit?command=add&query='daap.songalbumid:{seasons}'&sort=album&mode=1",
        '204',
        'song: Spring; at: 0; next: Winter* · Winter; from: Seasons; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='daap.songalbumid:{seasons}'&sort=album&mode=1&clear-previous=1",
        '204',
        'song: Spring; at: 0; next: Winter; from: Seasons; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='daap.songalbumid:{seasons}'",
        '204',
        'song: Spring; at: 0; next: Winter* · Winter; from: Seasons; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{springId}'&queuefilter=album:{seasons}&sort=album&mode=1",
        '204',
        'song: Spring; at: 0; next: Winter* · Winter; from: Seasons; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{winterId}'&queuefilter=album:{seasons}&sort=album&mode=1",
        '204',
        'song: Winter; at: 0; next: Winter*; from: Seasons; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{winterId}'&queuefilter=artist:{vivaldi}&sort=album&mode=1",
        '204',
        'song: Winter; at: 0; next: Winter*; from: Vivaldi; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{riverId}'&queuefilter=playlist:0&sort=name&mode=1",
        '204',
        'song: River; at: 0; next: Winter* · Spring · Variatio 1 · Variatio 2 · Winter; from: anywhere; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.containeritemid:{entry2}'&queuefilter=playlist:{playlist}&sort=physical&mode=1",
        '204',
        'at: 0; next: Winter* · Winter; from: Mix; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{johnnyId}'&queuefilter=genre:Rock%20%5C'n%5C'%20Roll&sort=name&mode=1",
        '204',
        "song: Johnny; at: 0; next: Winter*; from: Rock 'n' Roll; history: Spring · Aria",
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{springId}'&queuefilter=composer:Vivaldi&sort=name&mode=1",
        '204',
        'song: Spring; at: 0; next: Winter* · Winter; from: Vivaldi; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{playlist}'&query-modifier=containers&mode=1",
        '204',
        'song: Winter; at: 0; next: Winter* · Aria · Winter; from: Mix; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:1'&query-modifier=containers&sort=name&mode=2",
        '204',
        'song: Winter; at: 0; next: Winter* · Johnny · River · Spring · Variatio 1 · Variatio 2 · Aria; from: anywhere; history: Spring · Aria; shuffle: on',
      ],
      [
        "playqueue-edit?command=add&query='daap.songartistid:{vivaldi}'&sort=album&mode=2",
        '204',
        'song: Winter; at: 0; next: Winter* · Spring; from: Vivaldi; history: Spring · Aria; shuffle: on',
      ],
      [
        "playqueue-edit?command=add&query='daap.songalbumid:{seasons}'&sort=album&mode=0",
        '204',
        'next: Winter* · Spring* · Winter* · Variatio 1 · Variatio 2',
      ],
      [
        "playqueue-edit?command=add&query='daap.songalbumid:{seasons}'&sort=album&mode=3",
        '204',
        'next: Spring* · Winter* · Winter* · Variatio 1 · Variatio 2',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{riverId}'&queuefilter=album:{seasons}&mode=5",
        '204',
        'next: Winter* · River* · Variatio 1 · Variatio 2',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{playlist}'&query-modifier=containers&mode=3",
        '204',
        'next: Winter* · Aria* · Winter* · Winter* · Variatio 1 · Variatio 2',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{v1Id}'&mode=1",
        '204',
        'song: Variatio 1; at: 0; next: Winter* · Variatio 2; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{v1Id}'&queuefilter=artist:(null)&mode=1",
        '204',
        'song: Variatio 1; at: 0; next: Winter* · Variatio 2; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{v1Id}'&queuefilter=mood:blue&mode=1",
        '204',
        'song: Variatio 1; at: 0; next: Winter*; from: anywhere; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{v1Id}'&queuefilter=playlist:999&mode=1",
        '204',
        'song: Variatio 1; at: 0; next: Winter*; from: anywhere; history: Spring · Aria',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{riverId}'&srcdatabase={D}&mode=3",
        '204',
        'next: River* · Winter* · Variatio 1 · Variatio 2',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{riverId}'&srcdatabase=0x0000000000001234&mode=3",
        '500 NOT_FOUND',
        '',
      ],
      [
        "playqueue-edit?command=add&query='dmap.itemid:{riverId}'&mode=7",
        'cacr mstt=500 msts=playqueue-edit adds in no mode 7',
        '',
      ],
      ["playqueue-edit?command=add&query='dmap.itemid:{riverId}'&mode=later", '400 BAD_REQUEST', ''],
      [
        'playqueue-edit?command=add&query=(((',
        'cacr mstt=500 msts=The query cannot be understood. (expected a clause in quotes or "(", offset 3)',
        '',
      ],
      ['playqueue-edit?command=add&', '400 BAD_REQUEST', ''],
      ["playqueue-edit?command=add&query='dmap.itemid:999'&mode=3", '500 NOTHING_TO_PLAY', ''],
      ["playqueue-edit?command=add&query='no.such.field:1'", '500 NOTHING_TO_PLAY', ''],
    ],
  },
]
