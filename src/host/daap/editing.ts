// What both edit endpoints say while playlists cannot be edited from remotes (msed 0 in /server-info).

import type { DmapNode } from '../../protocol/index.ts'

/** In a 200, as OwnTone says errors: clients read `mstt`, and a bare status would end their session. */
export const editingRefused: DmapNode = [
  'medc',
  [
    ['mstt', 500],
    ['msts', 'Playlists cannot be edited on this host.'],
  ],
]
