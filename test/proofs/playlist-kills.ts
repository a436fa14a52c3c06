// Fifty hosts killed in the middle of edits: the suite's own test, at its full length.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Proof } from './proof.ts'

const kills = 50
const root = join(import.meta.dirname, '../..')

export const proof: Proof = {
  claim: `A host is killed (SIGKILL) ${kills} times in the middle of playlist edits by SDK and bare protocol; after each start every edit that was answered is there.`,
  async run(say) {
    say(`${kills} hosts, some seconds each`)
    const child = spawn(
      process.execPath,
      ['--test', '--test-name-pattern=killed', 'test/journeys/playlists.test.ts'],
      {
        cwd: root,
        env: { ...process.env, TONEARM_KILLS: String(kills) },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const ended = once(child, 'exit')
    const said = await text(child.stdout)
    const [status] = await ended
    const counted = /(\d+) edits were answered, (\d+) hosts killed/.exec(said)
    return {
      holds: status === 0 && counted?.[2] === String(kills),
      findings: [
        counted?.[0] ?? 'the test did not come to its end',
        ...said.split('\n').filter((line) => line.includes('✖')),
      ],
    }
  },
}
