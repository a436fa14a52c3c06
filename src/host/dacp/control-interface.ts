import type { DmapNode } from '../../protocol/index.ts'
import type { Endpoint } from '../endpoint.ts'

/**
 * Bit 0: playqueue-edit and playqueue-contents, without which Remote falls back to cue; bit 1: as iTunes since 11.1.2;
 * bit 2: Genius Shuffle.
 */
const queueCommands = 7n

const answer: DmapNode = [
  'caci',
  [
    ['mstt', 200],
    ['muty', 0],
    ['mtco', 1],
    ['mrco', 1],
    [
      'mlcl',
      [
        [
          'mlit',
          [
            ['miid', 1],
            ['cmik', 1],
            ['cmpr', 0x00020002],
            ['capr', 0x00020005],
            ['cmsp', 1],
            ['aeFR', 0x64],
            ['cmsv', 1],
            ['cass', 1],
            ['caov', 1],
            ['casu', 1],
            ['ceSG', 1],
            ['cmrl', 1],
            ['ceSX', queueCommands],
          ],
        ],
      ],
    ],
  ],
]

/**
 * What the player can do; some remotes ask before they log in.
 *
 * Request GET /ctrl-int
 * Answers `caci`, always the same.
 * Source  docs/protocol/dacp-control.md, section 1 (OwnTone's values and widths).
 */
export const controlInterface: Endpoint = () => answer
