// The queue: looked at and edited. docs/protocol/dacp-control.md.

import type { DacpSection } from './section.ts'

export const queue: readonly DacpSection[] = [
  {
    section: '7: the queue',
    rows: [
      [
        'playqueue-contents?span=50',
        'ceQR mstt=200 mtco=50 mrco=3 ceQu=0 mlcl{ceQS{mlit{ceQk=hist ceQi=-200 ceQm=200 ceQl=Previously Played} mlit{ceQk=curr ceQi=0 ceQm=1} mlit{ceQk=user ceQi=1 ceQm=1 ceQl=Up Next} mlit{ceQk=main ceQi=2 ceQm=2 ceQl=Up Next ceQh=from Goldberg}} mlit{ceQs=1/0/0/{winterId} ceQn=Winter ceQr=Vivaldi ceQa=Seasons ceQg=Baroque asai cmmk=1 casa=1 astm=8020 casc=1 caks=6 ceQI=1} mlit{ceQs=1/0/0/{v1Id} ceQn=Variatio 1 ceQr=Bach ceQa=Goldberg ceQg=Baroque asai cmmk=1 casa=1 astm=8020 casc=1 caks=6 ceQI=2} mlit{ceQs=1/0/0/{v2Id} ceQn=Variatio 2 ceQr=Bach ceQa=Goldberg ceQg=Baroque asai cmmk=1 casa=1 astm=8020 casc=1 caks=6 ceQI=3}} apsm=0 aprm=0',
        '',
      ],
      [
        'playqueue-contents?span=-50',
        'ceQR mstt=200 mtco=50 mrco=1 ceQu=0 mlcl{ceQS{mlit{ceQk=hist ceQi=-200 ceQm=200 ceQl=Previously Played} mlit{ceQk=curr ceQi=0 ceQm=1} mlit{ceQk=user ceQi=1 ceQm=1 ceQl=Up Next} mlit{ceQk=main ceQi=2 ceQm=2 ceQl=Up Next ceQh=from Goldberg}} mlit{ceQs=1/0/0/{springId} ceQn=Spring ceQr=Vivaldi ceQa=Seasons ceQg=Baroque asai cmmk=1 casa=1 astm=8020 casc=1 caks=6 ceQI=-1}} apsm=0 aprm=0',
        '',
      ],
      [
        'playqueue-contents?span=1',
        'ceQR mstt=200 mtco=1 mrco=1 ceQu=0 mlcl{ceQS{mlit{ceQk=hist ceQi=-200 ceQm=200 ceQl=Previously Played} mlit{ceQk=curr ceQi=0 ceQm=1} mlit{ceQk=user ceQi=1 ceQm=1 ceQl=Up Next} mlit{ceQk=main ceQi=2 ceQm=2 ceQl=Up Next ceQh=from Goldberg}} mlit{ceQs=1/0/0/{winterId} ceQn=Winter ceQr=Vivaldi ceQa=Seasons ceQg=Baroque asai cmmk=1 casa=1 astm=8020 casc=1 caks=6 ceQI=1}} apsm=0 aprm=0',
        '',
      ],
      [
        'playqueue-contents',
        'ceQR mstt=200 mtco=50 mrco=3 ceQu=0 mlcl{ceQS{mlit{ceQk=hist ceQi=-200 ceQm=200 ceQl=Previously Played} mlit{ceQk=curr ceQi=0 ceQm=1} mlit{ceQk=user ceQi=1 ceQm=1 ceQl=Up Next} mlit{ceQk=main ceQi=2 ceQm=2 ceQl=Up Next ceQh=from Goldberg}} mlit{ceQs=1/0/0/{winterId} ceQn=Winter ceQr=Vivaldi ceQa=Seasons ceQg=Baroque asai cmmk=1 casa=1 astm=8020 casc=1 caks=6 ceQI=1} mlit{ceQs=1/0/0/{v1Id} ceQn=Variatio 1 ceQr=Bach ceQa=Goldberg ceQg=Baroque asai cmmk=1 casa=1 astm=8020 casc=1 caks=6 ceQI=2} mlit{ceQs=1/0/0/{v2Id} ceQn=Variatio 2 ceQr=Bach ceQa=Goldberg ceQg=Baroque asai cmmk=1 casa=1 astm=8020 casc=1 caks=6 ceQI=3}} apsm=0 aprm=0',
        '',
      ],
      [
        'playqueue-contents?span=0',
        'ceQR mstt=200 mtco=0 mrco=0 ceQu=0 mlcl{ceQS{mlit{ceQk=hist ceQi=-200 ceQm=200 ceQl=Previously Played} mlit{ceQk=curr ceQi=0 ceQm=1} mlit{ceQk=user ceQi=1 ceQm=1 ceQl=Up Next} mlit{ceQk=main ceQi=2 ceQm=2 ceQl=Up Next ceQh=from Goldberg}}} apsm=0 aprm=0',
        '',
      ],
      ['playqueue-contents?span=many', '400 BAD_REQUEST', ''],
      [
        'playqueue-edit?command=playnow&index=2',
        'cacr mstt=200 miid={v1Id}',
        'song: Variatio 1; at: 0; next: Variatio 2; history: Spring · Aria',
      ],
      ['playqueue-edit?command=playnow&index=0', 'cacr mstt=200 miid={ariaId}', 'at: 0'],
      [
        'playqueue-edit?command=playnow&index=1&mode=1',
        'cacr mstt=200 miid={springId}',
        'song: Spring; at: 0; history: Spring · Aria',
      ],
      [
        'playqueue-edit?command=playnow&index=1&mode=-1',
        'cacr mstt=200 miid={springId}',
        'song: Spring; at: 0; history: Spring · Aria',
      ],
      [
        'playqueue-edit?command=playnow&index=-1',
        'cacr mstt=200 miid={springId}',
        'song: Spring; at: 0; history: Spring · Aria',
      ],
      ['playqueue-edit?command=playnow&index=99', '500 NOT_FOUND', ''],
      ['playqueue-edit?command=playnow', '400 BAD_REQUEST', ''],
      [
        "playqueue-edit?command=move&edit-params='edit-param.move-pair:3,0'",
        '204',
        'next: Variatio 2* · Winter* · Variatio 1',
      ],
      [
        "playqueue-edit?command=move&edit-params='edit-param.move-pair:1,3'",
        '204',
        'next: Variatio 1 · Variatio 2 · Winter',
      ],
      [
        "playqueue-edit?command=move&edit-params='edit-param.move-pair:3,0','edit-param.move-pair:3,1'",
        '204',
        'next: Variatio 2* · Variatio 1* · Winter*',
      ],
      [
        "playqueue-edit?command=move&edit-params='edit-param.move-pair:3,0,edit-param.move-pair:3,1'",
        '204',
        'next: Variatio 2* · Variatio 1* · Winter*',
      ],
      [
        "playqueue-edit?command=move&edit-params='edit-param.move-pair:3,0','edit-param.move-pair:9,1'",
        '500 NOT_FOUND',
        '',
      ],
      ["playqueue-edit?command=move&edit-params='edit-param.move-pair3,0'", '400 BAD_REQUEST', ''],
      ["playqueue-edit?command=move&edit-params='edit-param.move-pair:3'", '400 BAD_REQUEST', ''],
      ["playqueue-edit?command=move&edit-params='edit-param.move-pair:-1,2'", '400 BAD_REQUEST', ''],
      ['playqueue-edit?command=move', '400 BAD_REQUEST', ''],
      ["playqueue-edit?command=move&edit-params='edit-param.move-pair:0,2'", '500 NOT_FOUND', ''],
      ['playqueue-edit?command=remove&items=1', '204', 'next: Variatio 1 · Variatio 2'],
      ['playqueue-edit?command=remove&items=1,3', '204', 'next: Variatio 1'],
      ['playqueue-edit?command=remove&items=99', '500 NOT_FOUND', ''],
      ['playqueue-edit?command=remove&items=1,99', '500 NOT_FOUND', ''],
      ['playqueue-edit?command=remove&items=', '400 BAD_REQUEST', ''],
      ['playqueue-edit?command=remove&items=a,,', '400 BAD_REQUEST', ''],
      ['playqueue-edit?command=remove&items=0', '500 NOT_FOUND', ''],
      ['playqueue-edit?command=clear', 'cacr mstt=200 miid=0', 'next: nothing; from: anywhere'],
      ['playqueue-edit?command=clear&mode=0x68697374', 'cacr mstt=200 miid=0', 'history: nothing'],
      ['playqueue-edit?command=clear&mode=1', 'cacr mstt=200 miid=0', 'next: nothing; from: anywhere'],
      ['playqueue-edit?command=dance', 'cacr mstt=500 msts=playqueue-edit knows no command "dance"', ''],
      ['playqueue-edit?', '400 BAD_REQUEST', ''],
    ],
  },
]
