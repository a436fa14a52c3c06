// Starting to play: cue and playspec. docs/protocol/dacp-control.md.

import type { DacpSection } from './section.ts'

export const starting: readonly DacpSection[] = [
  {
    section: '6: cue',
    rows: [
      [
        "cue?command=play&query='daap.songalbumid:{seasons}'&sort=album&index=1",
        'cacr mstt=200 miid={winterId}',
        'song: Winter; at: 0; next: Winter*; from: Seasons; history: Spring · Aria',
      ],
      [
        "cue?command=play&query='daap.songalbumid:{seasons}'&sort=album&index=0&clear-first=1",
        'cacr mstt=200 miid={springId}',
        'song: Spring; at: 0; next: Winter; from: Seasons; history: Spring · Aria',
      ],
      [
        "cue?command=play&query='dmap.itemname:*a*'&sort=name&dacp.shufflestate=1&srcdatabase={D}",
        'cacr mstt=200 miid={v2Id}',
        'song: Variatio 2; at: 0; next: Winter* · Variatio 1 · Aria; from: anywhere; history: Spring · Aria; shuffle: on',
      ],
      [
        "cue?command=play&query='daap.songalbumid:{seasons}'&index=99",
        'cacr mstt=200 miid={winterId}',
        'song: Winter; at: 0; next: Winter*; from: Seasons; history: Spring · Aria',
      ],
      [
        'cue?command=play&index=2',
        'cacr mstt=200 miid={v1Id}',
        'song: Variatio 1; at: 0; next: Variatio 2; history: Spring · Aria',
      ],
      ['cue?command=play&index=99', '500 NOT_FOUND', ''],
      [
        "cue?command=add&query='dmap.itemid:{riverId}'",
        'cacr mstt=200 miid={ariaId}',
        'next: Winter* · River* · Variatio 1 · Variatio 2',
      ],
      [
        'cue?command=clear',
        'cacr mstt=200 miid=0',
        'state: stopped; song: nothing; at: 0; next: nothing; from: anywhere; history: Spring · Aria',
      ],
      ['cue?command=dance', 'cacr mstt=500 msts=cue knows no command "dance"', ''],
      [
        "cue?command=play&query='broken",
        'cacr mstt=500 msts=The query cannot be understood. (expected ":", offset 7)',
        '',
      ],
      ["cue?command=play&query='dmap.itemname:nothing'", '500 NOTHING_TO_PLAY', ''],
      ['cue?command=add', '400 BAD_REQUEST', ''],
      ["cue?command=play&query='dmap.itemid:{riverId}'&srcdatabase=0x1234", '500 NOT_FOUND', ''],
    ],
  },
  {
    section: '6: playspec',
    rows: [
      [
        "playspec?database-spec='dmap.persistentid:{D}'&container-spec='dmap.persistentid:{P}'&container-item-spec='dmap.containeritemid:{entry2}'",
        '204',
        'at: 0; next: Winter* · Winter; from: Mix; history: Spring · Aria',
      ],
      [
        "playspec?database-spec='dmap.persistentid:{D}'&container-spec='dmap.persistentid:{P}'&item-spec='dmap.itemid:0x{aria}'",
        '204',
        'at: 0; next: Winter* · Winter; from: Mix; history: Spring · Aria',
      ],
      [
        "playspec?database-spec='dmap.persistentid:{D}'&container-spec='dmap.persistentid:{P}'&dacp.shufflestate=1",
        '204',
        'song: Winter; at: 0; next: Winter* · Aria · Winter; from: Mix; history: Spring · Aria; shuffle: on',
      ],
      [
        "playspec?database-spec='dmap.persistentid:{D}'&playlist-spec='dmap.persistentid:{P}'",
        '204',
        'song: Winter; at: 0; next: Winter* · Aria · Winter; from: Mix; history: Spring · Aria',
      ],
      [
        "playspec?database-spec='dmap.itemid:0x1'&container-spec='dmap.itemid:{playlistHex}'",
        '204',
        'song: Winter; at: 0; next: Winter* · Aria · Winter; from: Mix; history: Spring · Aria',
      ],
      [
        "playspec?database-spec='dmap.persistentid:0x1234'&container-spec='dmap.persistentid:{P}'",
        '500 NOT_FOUND',
        '',
      ],
      ["playspec?container-spec='dmap.persistentid:0x1234'", '500 NOT_FOUND', ''],
      [
        "playspec?container-spec='dmap.persistentid:{P}'&container-item-spec='dmap.containeritemid:0x77'",
        '500 NOT_FOUND',
        '',
      ],
      ["playspec?database-spec='dmap.persistentid:{D}'", '400 BAD_REQUEST', ''],
      ["playspec?container-spec='dmap.persistentid:{P}'&container-item-spec=nonsense", '400 BAD_REQUEST', ''],
    ],
  },
]
