import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasTwins } from './port-sharing.ts'

const head =
  '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const onAll =
  '  410: 00000000:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0\n'
const onOne =
  '  411: 01004D0A:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0\n'
const onOther =
  '  412: 02004D0A:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0\n'
const otherPort =
  '  413: 01004D0A:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0\n'

test('two on one address and port share it; those who listen on all addresses take nothing away', () => {
  assert.ok(!hasTwins(head))
  assert.ok(!hasTwins(head + onAll + onAll + onOne + onOther + otherPort))
  assert.ok(hasTwins(head + onAll + onOne + onOther + onOne))
})
